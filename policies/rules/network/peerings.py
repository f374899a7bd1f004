"""NET-011: a peering opens what it is for, and no more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Final

from policies.references import behind
from policies.resource import Resource, Stack
from policies.rule import Break, Category, Context, Example, Property, Rule, Scope, Severity, Verdict
from policies.types import FIREWALL, PEERING, VIRTUAL_NETWORK
from policies.values import joined
from policies.view import Fault, Judged, View, guarded

_INLINE: Final = "virtualNetworkPeerings"
_NETWORK: Final = "remoteVirtualNetwork"


def check(view: View, context: Context) -> Judged:
    """Of a peering, and of every peering that a virtual network declares inline."""
    if context.resource.type == PEERING:
        yield from _opens(view, context, lambda: behind(context.stack, context.resource, _NETWORK))
        return
    for peering in view.each(_INLINE):
        yield from _opens(peering, context, partial(_named, peering, context.stack))


def _opens(peering: View, context: Context, others: Callable[[], Iterable[Resource]]) -> Judged:
    """No gateway of this network serves the other; between two networks of the stack nothing is forwarded."""
    yield from peering.must_be("allowGatewayTransit", False, "or the other side reaches us through our gateway")
    yield from guarded(_forwarding(peering, context, others))


def _named(peering: View, stack: Stack) -> tuple[Resource, ...]:
    one = stack.with_id(peering.text(f"{_NETWORK}.id", absent=""))
    return () if one is None else (one,)


def _forwarding(peering: View, context: Context, others: Callable[[], Iterable[Resource]]) -> Judged:
    # What the hub's firewall sends on has other sources than the hub: to that peering forwarding belongs.
    if not peering.flag("allowForwardedTraffic"):
        return
    within = [one for one in others() if one.type == VIRTUAL_NETWORK]
    if within and not any(True for _ in context.stack.of(FIREWALL)):
        path = joined(peering.path, "allowForwardedTraffic")
        yield Fault(path, f"is true, and {within[0].name} has no firewall that forwards")


_REMOTE: Final = "/subscriptions/hub/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet-hub"
_OTHER: Final = Resource(type=VIRTUAL_NETWORK, name="other", id=_REMOTE)


def _peering(**changes: Any) -> dict[str, Any]:
    usual = {"allowGatewayTransit": False, "allowForwardedTraffic": True, "remoteVirtualNetwork": {"id": _REMOTE}}
    return {**usual, **changes}


def _inline(*others: Resource, **changes: Any) -> Example:
    peerings = [_peering(allowForwardedTraffic=False), _peering(**changes)]
    return Example({_INLINE: peerings}, type=VIRTUAL_NETWORK, others=others)


_SOURCE: Final = "VirtualNetworkPeering, Microsoft.Network 2024-07-01"

RULE = Rule(
    id="NET-011",
    title="A peering opens what it is for and no more",
    severity=Severity.MEDIUM,
    category=Category.NETWORK,
    types=(PEERING, VIRTUAL_NETWORK),
    scope=Scope.STACK,
    controls=("itsg33/SC-7", "itsg33/AC-4", "mcsb/NS-1", "gdpr/32(1)(b)", "gc-guardrails/8", "popa/10"),
    why="A spoke that lends its gateway, or forwards for others, joins networks that were to stay apart.",
    fix="Set allowGatewayTransit to false; allowForwardedTraffic only towards the hub whose firewall forwards.",
    link="https://learn.microsoft.com/azure/virtual-network/virtual-network-peering-overview",
    properties=(
        *(
            Property(f"{prefix}{name}", False, Verdict.PASS, f"{_SOURCE}: off unless it is true", of=(type_,))
            for prefix, type_ in (("", PEERING), (f"{_INLINE}[*].", VIRTUAL_NETWORK))
            for name in ("allowGatewayTransit", "allowForwardedTraffic")
        ),
    ),
    check=check,
    good=(
        Example(_peering(), title="the hub is another stack's"),
        Example(_peering(allowForwardedTraffic=False), others=(_OTHER,)),
        Example(_peering(), others=(_OTHER, Resource(type=FIREWALL, name="afw"))),
        _inline(),
        _inline(_OTHER, allowForwardedTraffic=False),
    ),
    bad=(
        Example(_peering(allowGatewayTransit=True)),
        Example(_peering(), others=(_OTHER,)),
        _inline(allowGatewayTransit=True),
        _inline(_OTHER),
    ),
    breaks=(
        Break("allowGatewayTransit", True, of=(PEERING,)),
        Break(f"{_INLINE}[*].allowGatewayTransit", True, of=(VIRTUAL_NETWORK,)),
        Break(
            "allowForwardedTraffic",
            True,
            of=(PEERING,),
            where=lambda found: found.get("allowForwardedTraffic") is False,
        ),
    ),
)
