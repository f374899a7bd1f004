"""NET-011: a peering opens what it is for, and no more."""

from __future__ import annotations

from typing import Any, Final

from policies.references import behind
from policies.resource import Resource
from policies.rule import Break, Category, Context, Example, Property, Rule, Scope, Severity, Verdict
from policies.types import FIREWALL, PEERING, VIRTUAL_NETWORK
from policies.view import Fault, Judged, View, guarded


def check(peering: View, context: Context) -> Judged:
    """No gateway of this network serves the other; between two networks of the stack nothing is forwarded."""
    yield from peering.must_be("allowGatewayTransit", False, "or the other side reaches us through our gateway")
    yield from guarded(_forwarding(peering, context))


def _forwarding(peering: View, context: Context) -> Judged:
    # What the hub's firewall sends on has other sources than the hub: to that peering forwarding belongs.
    if not peering.flag("allowForwardedTraffic"):
        return
    within = [
        one for one in behind(context.stack, context.resource, "remoteVirtualNetwork") if one.type == VIRTUAL_NETWORK
    ]
    if within and not any(True for _ in context.stack.of(FIREWALL)):
        yield Fault("allowForwardedTraffic", f"is true, and {within[0].name} has no firewall that forwards")


_REMOTE: Final = "/subscriptions/hub/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet-hub"
_OTHER: Final = Resource(type=VIRTUAL_NETWORK, name="other", id=_REMOTE)


def _peering(**changes: Any) -> dict[str, Any]:
    usual = {"allowGatewayTransit": False, "allowForwardedTraffic": True, "remoteVirtualNetwork": {"id": _REMOTE}}
    return {**usual, **changes}


_SOURCE: Final = "VirtualNetworkPeering, Microsoft.Network 2024-07-01"

RULE = Rule(
    id="NET-011",
    title="A peering opens what it is for and no more",
    severity=Severity.MEDIUM,
    category=Category.NETWORK,
    types=(PEERING,),
    scope=Scope.STACK,
    controls=("itsg33/SC-7", "itsg33/AC-4", "mcsb/NS-1", "gdpr/32(1)(b)", "gc-guardrails/8", "popa/10"),
    why="A spoke that lends its gateway, or forwards for others, joins networks that were to stay apart.",
    fix="Set allowGatewayTransit to false; allowForwardedTraffic only towards the hub whose firewall forwards.",
    link="https://learn.microsoft.com/azure/virtual-network/virtual-network-peering-overview",
    properties=(
        Property("allowGatewayTransit", False, Verdict.PASS, f"{_SOURCE}: off unless it is true"),
        Property("allowForwardedTraffic", False, Verdict.PASS, f"{_SOURCE}: off unless it is true"),
    ),
    check=check,
    good=(
        Example(_peering(), title="the hub is another stack's"),
        Example(_peering(allowForwardedTraffic=False), others=(_OTHER,)),
        Example(_peering(), others=(_OTHER, Resource(type=FIREWALL, name="afw"))),
    ),
    bad=(
        Example(_peering(allowGatewayTransit=True)),
        Example(_peering(), others=(_OTHER,)),
    ),
    breaks=(
        Break("allowGatewayTransit", True),
        Break("allowForwardedTraffic", True, where=lambda found: found.get("allowForwardedTraffic") is False),
    ),
)
