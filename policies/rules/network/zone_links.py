"""NET-008: every network of the stack reads its private zones, and machines write nothing into them."""

from __future__ import annotations

from typing import Any, Final

from policies.references import behind, naming
from policies.resource import Resource, Stack
from policies.rule import Break, Category, Context, Example, Property, Rule, Scope, Severity, StackBreak, Verdict
from policies.rules._faults import having_properties, without
from policies.types import PRIVATE_ZONE, VIRTUAL_NETWORK, ZONE_LINK
from policies.view import Fault, Judged, View, guarded


def check(view: View, context: Context) -> Judged:
    """A link registers no machines; a zone has a link to each network of the stack."""
    if context.resource.type == ZONE_LINK:
        yield from view.must_be("registrationEnabled", False, "or a machine's name hides that of a service")
        return
    yield from guarded(_linked(context.stack, context.resource))


def _linked(stack: Stack, zone: Resource) -> Judged:
    links = _links(stack, zone)
    if not links:
        yield Fault("", "is linked to no network, so nobody reads it")
        return
    reached = {one.key for link in links for one in behind(stack, link, "virtualNetwork")}
    for network in stack.of(VIRTUAL_NETWORK):
        if network.key not in reached:
            yield Fault("", f"is not linked to {network.name}, which then asks the public zone")


def _links(stack: Stack, zone: Resource) -> tuple[Resource, ...]:
    if zone.type != PRIVATE_ZONE:
        return ()
    return naming(stack, zone, ZONE_LINK, "privateZoneName", "privateZoneName")


def _to_another(stack: Stack, zone: Resource) -> Stack | None:
    links = [link for link in _links(stack, zone) if behind(stack, link, "virtualNetwork")]
    return having_properties(stack, links[0], virtualNetwork={"id": f"{_NETWORK}-other"}) if links else None


_NETWORK: Final = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet"
_ZONE: Final[dict[str, Any]] = {"privateZoneName": "privatelink.vaultcore.azure.net"}
_VNET: Final = Resource(type=VIRTUAL_NETWORK, name="vnet", id=_NETWORK)


def _link(network: str = _NETWORK) -> Resource:
    return Resource(type=ZONE_LINK, name="link", properties={**_ZONE, "virtualNetwork": {"id": network}})


RULE = Rule(
    id="NET-008",
    title="Every network of the stack reads its private zones",
    severity=Severity.MEDIUM,
    category=Category.NETWORK,
    types=(PRIVATE_ZONE, ZONE_LINK),
    scope=Scope.STACK,
    controls=("itsg33/SC-20", "itsg33/SC-22", "mcsb/NS-2", "mcsb/NS-10", "gc-guardrails/9", "popa/10"),
    why="A network that does not read the zone sends its clients to the public address of a closed service.",
    fix="Add a VirtualNetworkLink of the zone to the network, with registrationEnabled false.",
    link="https://learn.microsoft.com/azure/dns/private-dns-virtual-network-links",
    properties=(
        Property(
            "registrationEnabled",
            False,
            Verdict.PASS,
            "VirtualNetworkLink, Microsoft.Network 2024-06-01: off unless it is true",
            of=(ZONE_LINK,),
        ),
    ),
    check=check,
    good=(
        Example(_ZONE, others=(_VNET, _link())),
        Example(_ZONE, others=(_link(),), title="its network is another stack's"),
        Example({**_ZONE, "registrationEnabled": False}, type=ZONE_LINK),
    ),
    bad=(
        Example(_ZONE),
        Example(_ZONE, others=(_VNET,)),
        Example(_ZONE, others=(_VNET, _link(f"{_NETWORK}2"))),
        Example({**_ZONE, "registrationEnabled": True}, type=ZONE_LINK),
    ),
    breaks=(
        Break("registrationEnabled", True, of=(ZONE_LINK,)),
        without("its links are taken away", _links),
        StackBreak("its link leads to another network", _to_another),
    ),
)
