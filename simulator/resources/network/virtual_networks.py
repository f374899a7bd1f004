"""Microsoft.Network/virtualNetworks.

Its answer lists the subnets declared inside it and those that are resources of their own, as ARM's does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.errors import Refusal
from simulator.ids import name_of
from simulator.model import Model, Request, guid
from simulator.resources.network.addresses import Network, inside, notation_refusals, overlap
from simulator.resources.network.reserved_subnet_rules import bastion_nsg, firewall_route
from simulator.resources.network.subnets import outside, overlapping, ranges_of, space_of, too_small
from simulator.values import at


class VirtualNetworks(Model):
    """A virtual network."""

    token = "azure-native:network:VirtualNetwork"
    rules = (bastion_nsg, firewall_route)
    inline = (("subnets", "subnets"),)

    def defaults(self, request: Request) -> dict[str, Any]:
        """DDoS protection is off unless asked for."""
        return {"enableDdosProtection": False, "privateEndpointVNetPolicies": "Disabled", "virtualNetworkPeerings": []}

    def outputs(self, request: Request) -> dict[str, Any]:
        """The subnets, wherever they were declared."""
        listed = {
            name: {**subnet, "id": f"{request.id}/subnets/{name}"} for name, subnet in _inline(request.inputs).items()
        }
        for record in request.world.below(request.id):
            if record.type.lower() == "microsoft.network/virtualnetworks/subnets":
                listed[name_of(record.id)] = {**record.outputs, "id": record.id}
        return {"resourceGuid": guid(request.id, "resource"), "subnets": list(listed.values())}

    def refusals(self, request: Request) -> Iterator[Refusal]:
        """Prefixes in CIDR notation and disjoint; every subnet inside them and disjoint."""
        prefixes = request.at("addressSpace.addressPrefixes")
        target = "addressSpace.addressPrefixes"
        yield from notation_refusals(prefixes, target, request.id)
        space = space_of(request.inputs)
        for index, network in enumerate(space):
            if met := overlap([network], space[index + 1 :]):
                yield Refusal(
                    "VnetAddressSpaceOverlapsWithItself",
                    f"Virtual network {request.name} has overlapping address prefixes {met[0]} and {met[1]}",
                    target=target,
                )
        yield from _inline_refusals(request, space)
        yield from _shrinking_refusals(request, space)


def _inline(inputs: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    subnets = inputs.get("subnets")
    listed = subnets if isinstance(subnets, list) else []
    return {
        str(item["name"]): item for item in listed if isinstance(item, Mapping) and isinstance(item.get("name"), str)
    }


def _inline_refusals(request: Request, space: list[Network]) -> Iterator[Refusal]:
    seen: dict[str, list[Network]] = {}
    for name, subnet in _inline(request.inputs).items():
        for prefix in ("addressPrefix", "addressPrefixes"):
            yield from notation_refusals(at(subnet, prefix), f"subnets.{name}.{prefix}", request.id)
        own = ranges_of(subnet)
        yield from too_small(name, own)
        if space and not all(inside(network, space) for network in own):
            yield outside(name, request.name)
        for other, taken in seen.items():
            if overlap(own, taken):
                yield overlapping(name, request.name, other)
        seen[name] = own


def _shrinking_refusals(request: Request, space: list[Network]) -> Iterator[Refusal]:
    """An address space can't lose a range that a subnet of its own still uses."""
    for record in request.world.below(request.id) if request.old is not None and space else ():
        if record.type.lower() != "microsoft.network/virtualnetworks/subnets":
            continue
        if not all(inside(network, space) for network in ranges_of(record.body)):
            yield outside(name_of(record.id), request.name)
