"""Microsoft.Network/virtualNetworks/subnets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.errors import Refusal
from simulator.ids import key, name_of, parents
from simulator.model import Model, Request
from simulator.resources.network.addresses import (
    Network,
    inside,
    is_settled,
    networks,
    notation_refusals,
    overlap,
)
from simulator.resources.network.reserved_subnet_rules import bastion_nsg, firewall_route
from simulator.store import Record
from simulator.values import at

# The smallest subnet that Azure makes: it keeps five addresses for itself.
_LONGEST_PREFIX = 29


class Subnets(Model):
    """A subnet that is a resource of its own."""

    token = "azure-native:network:Subnet"
    rules = (bastion_nsg, firewall_route)
    blocks_delete = "InUseSubnetCannotBeDeleted"

    def defaults(self, request: Request) -> dict[str, Any]:
        """Network policies as ARM sets them when the request is silent."""
        return {
            "delegations": [],
            "privateEndpointNetworkPolicies": "Disabled",
            "privateLinkServiceNetworkPolicies": "Enabled",
        }

    def outputs(self, request: Request) -> dict[str, Any]:
        """Delegations come back with ids of their own; what a service intends with the subnet it says later."""
        delegations = request.at("delegations")
        listed = [_delegation(request, item) for item in delegations] if isinstance(delegations, list) else delegations
        return {"purpose": None, **({"delegations": listed} if listed is not None else {})}

    def refusals(self, request: Request) -> Iterator[Refusal]:
        """In CIDR notation, inside the network, apart from its siblings, not too small."""
        for prefix in ("addressPrefix", "addressPrefixes"):
            yield from notation_refusals(request.at(prefix), prefix, request.id)
        own = ranges_of(request.inputs)
        yield from too_small(request.name, own)
        network = request.world.get(next(parents(request.id)))
        if network is None:
            return
        space = space_of(network.body)
        if space and not all(inside(each, space) for each in own):
            yield outside(request.name, name_of(network.id))
        for sibling, taken in _siblings(request, network):
            if overlap(own, taken):
                yield overlapping(request.name, name_of(network.id), sibling)


def ranges_of(subnet: Mapping[str, Any]) -> list[Network]:
    """The valid ranges of a subnet, however it spells them."""
    return [*networks(at(subnet, "addressPrefix")), *networks(at(subnet, "addressPrefixes"))]


def space_of(network: Mapping[str, Any]) -> list[Network]:
    """The ranges of a network; none while one of them is unknown, so that nothing is judged against a part of them."""
    prefixes = at(network, "addressSpace.addressPrefixes")
    return networks(prefixes) if is_settled(prefixes) else []


def outside(subnet: str, network: str) -> Refusal:
    """The refusal of a subnet that leaves its network."""
    return Refusal(
        "NetcfgSubnetRangeOutsideVnet",
        f"Subnet '{subnet}' is not valid because its IP address range is outside the IP address range of virtual "
        f"network '{network}'.",
        target="addressPrefix",
        fix="choose a range inside the network's address space, or widen the address space",
        quoted=True,
    )


def overlapping(subnet: str, network: str, sibling: str) -> Refusal:
    """The refusal of a subnet that meets one of its siblings."""
    return Refusal(
        "NetcfgSubnetRangesOverlap",
        f"Subnet '{subnet}' is not valid because its IP address range overlaps with that of an existing subnet in "
        f"virtual network '{network}'.",
        target="addressPrefix",
        fix=f"choose a range that does not meet the one of subnet '{sibling}'",
        quoted=True,
    )


def _siblings(request: Request, network: Record) -> Iterator[tuple[str, list[Network]]]:
    resources = [
        r for r in request.world.below(network.id) if r.type.lower() == "microsoft.network/virtualnetworks/subnets"
    ]
    yield from ((name_of(r.id), ranges_of(r.body)) for r in resources if r.key != key(request.id))
    known = {name_of(r.id).lower() for r in resources} | {request.name.lower()}
    listed = network.body.get("subnets")
    for item in listed if isinstance(listed, list) else ():
        if isinstance(item, Mapping) and str(item.get("name")).lower() not in known:
            yield str(item.get("name")), ranges_of(item)


def too_small(name: str, ranges: list[Network]) -> Iterator[Refusal]:
    """The refusals of a subnet that leaves no address to anybody."""
    for network in ranges:
        if network.version == 4 and network.prefixlen > _LONGEST_PREFIX:
            yield Refusal(
                "SubnetPrefixTooSmall",
                f"subnet '{name}' has the prefix {network}; the smallest that Azure makes is /{_LONGEST_PREFIX}",
                target="addressPrefix",
                fix=f"use a prefix length of {_LONGEST_PREFIX} or less",
            )


def _delegation(request: Request, item: Any) -> Any:
    if not isinstance(item, Mapping):
        return item
    return {**item, "id": f"{request.id}/delegations/{item.get('name')}", "provisioningState": "Succeeded"}
