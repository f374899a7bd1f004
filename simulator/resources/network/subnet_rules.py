"""What Azure refuses about the ranges of a network and of its subnets, wherever the subnets are declared.

Each rule serves both a subnet that is a resource of its own and the subnets listed inside a virtual network.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from simulator.ids import key, name_of, parents
from simulator.model import Request
from simulator.resources.network.addresses import (
    Network,
    inside,
    meant,
    overlap,
    pairs_that_meet,
    parse,
    prefixes,
    ranges_of,
    space_of,
)
from simulator.rule import Fault, rule

NETWORK: Final = "azure-native:network:VirtualNetwork"
SUBNETS: Final = "microsoft.network/virtualnetworks/subnets"
SPACE: Final = "addressSpace.addressPrefixes"
_MEMBERS: Final = ("addressPrefix", "addressPrefixes")
# Five addresses of each subnet are Azure's own.
_LONGEST_PREFIX: Final = 29
_NOTATION: Final = "azure-docs:virtual-network/virtual-network-manage-subnet.md; recorded failures (checked 2026-11-25)"


@dataclass(frozen=True)
class Subnet:
    """One subnet of a request. `path`: what stands before its members; `network`: the id of what it lies in."""

    path: str
    name: str
    body: Mapping[str, Any]
    network: str

    @property
    def id(self) -> str:
        """Its own id."""
        return f"{self.network}/subnets/{self.name}"

    @property
    def target(self) -> str:
        """The path of its range."""
        return f"{self.path}{_MEMBERS[1] if self.body.get(_MEMBERS[0]) is None else _MEMBERS[0]}"


def subnets_of(request: Request) -> Iterator[Subnet]:
    """Every subnet of a request with a known name."""
    if request.token != NETWORK:
        yield Subnet("", request.name, request.inputs, next(parents(request.id)))
        return
    listed = request.at("subnets")
    for index, item in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(item, Mapping) and isinstance(item.get("name"), str):
            yield Subnet(f"subnets.{index}.", str(item["name"]), item, request.id)


def network_of(request: Request) -> Mapping[str, Any] | None:
    """What is written of the network that the subnets of a request lie in."""
    if request.token == NETWORK:
        return request.inputs
    network = request.world.get(next(parents(request.id)))
    return network.body if network is not None else None


def _written(request: Request) -> Iterator[tuple[str, str]]:
    """Every known prefix with its path."""
    if request.token == NETWORK:
        yield from ((SPACE, prefix) for prefix in prefixes(request.at(SPACE)))
    for subnet in subnets_of(request):
        for member in _MEMBERS:
            yield from ((f"{subnet.path}{member}", prefix) for prefix in prefixes(subnet.body.get(member)))


@rule("net-prefix-format", kind="static", code="InvalidAddressPrefixFormat", source=_NOTATION, quoted=True)
def prefix_format(request: Request) -> Iterator[Fault]:
    """A range is an address and a length."""
    for target, prefix in _written(request):
        if meant(prefix) is None or "/" not in prefix:
            yield Fault(
                f"Address prefix {prefix} of resource {request.id} is not formatted correctly. It should follow CIDR "
                "notation, for example 10.0.0.0/24.",
                target,
                "write an address, a slash and a length",
            )


@rule("net-prefix-host-bits", kind="static", code="InvalidCIDRNotation", source=_NOTATION, quoted=True)
def prefix_host_bits(request: Request) -> Iterator[Fault]:
    """A range begins with its first address."""
    for target, prefix in _written(request):
        if parse(prefix) is None and (network := meant(prefix)) is not None:
            yield Fault(
                f"The address prefix {prefix} in resource {request.id} has an invalid CIDR notation. For the given "
                f"prefix length, the address prefix should be {network}.",
                target,
                f"write {network}",
            )


@rule(
    "net-subnet-outside-vnet", kind="cross-resource", code="NetcfgSubnetRangeOutsideVnet", quoted=True,
    source="MicrosoftDocs/azure-docs#123869",
)  # fmt: skip
def inside_network(request: Request) -> Iterator[Fault]:
    """A subnet lies in the address space of its network."""
    network = network_of(request)
    space = space_of(network) if network is not None else []
    for subnet in subnets_of(request) if space else ():
        if not all(inside(each, space) for each in ranges_of(subnet.body)):
            yield _outside(subnet.name, name_of(subnet.network), subnet.target)


@rule(
    "net-vnet-keeps-subnet-ranges", kind="lifecycle", code="NetcfgSubnetRangeOutsideVnet", quoted=True,
    source="MicrosoftDocs/azure-docs#123869", reads=(SPACE,),
)  # fmt: skip
def keeps_ranges(request: Request) -> Iterator[Fault]:
    """An address space can't lose a range that a subnet of its own still uses."""
    space = space_of(request.inputs)
    for record in request.world.below(request.id) if request.old is not None and space else ():
        if record.type.lower() == SUBNETS and not all(inside(each, space) for each in ranges_of(record.body)):
            yield _outside(name_of(record.id), request.name, SPACE)


def _outside(subnet: str, network: str, target: str) -> Fault:
    return Fault(
        f"Subnet '{subnet}' is not valid because its IP address range is outside the IP address range of virtual "
        f"network '{network}'.",
        target,
        "choose a range inside the network's address space, or widen the address space",
    )


@rule(
    "net-subnet-overlap", kind="cross-resource", code="NetcfgSubnetRangesOverlap", quoted=True,
    source="MicrosoftDocs/azure-docs#123869",
)  # fmt: skip
def no_overlap(request: Request) -> Iterator[Fault]:
    """A subnet shares no address with its siblings."""
    seen = list(_siblings(request)) if request.token != NETWORK else []
    for subnet in subnets_of(request):
        own = ranges_of(subnet.body)
        for other, taken in seen:
            if overlap(own, taken):
                yield Fault(
                    f"Subnet '{subnet.name}' is not valid because its IP address range overlaps with that of an "
                    f"existing subnet in virtual network '{name_of(subnet.network)}'.",
                    subnet.target,
                    f"choose a range that does not meet the one of subnet '{other}'",
                )
        seen.append((subnet.name, own))


def _siblings(request: Request) -> Iterator[tuple[str, list[Network]]]:
    """The other subnets of a subnet's network, with their ranges."""
    network = request.world.get(next(parents(request.id)))
    if network is None:
        return
    resources = [record for record in request.world.below(network.id) if record.type.lower() == SUBNETS]
    yield from ((name_of(r.id), ranges_of(r.body)) for r in resources if r.key != key(request.id))
    known = {name_of(r.id).lower() for r in resources} | {request.name.lower()}
    listed = network.body.get("subnets")
    for item in listed if isinstance(listed, list) else ():
        if isinstance(item, Mapping) and str(item.get("name")).lower() not in known:
            yield str(item.get("name")), ranges_of(item)


@rule(
    "net-subnet-too-small", kind="static", code="NetcfgInvalidSubnet",
    source="azure-docs:virtual-network/virtual-networks-faq.md (checked 2026-11-25; code not confirmed)",
)  # fmt: skip
def not_too_small(request: Request) -> Iterator[Fault]:
    """A subnet leaves an address to somebody."""
    for subnet in subnets_of(request):
        for network in ranges_of(subnet.body):
            if network.version == 4 and network.prefixlen > _LONGEST_PREFIX:
                yield Fault(
                    f"subnet '{subnet.name}' has the prefix {network}; the smallest that Azure makes is "
                    f"/{_LONGEST_PREFIX}",
                    subnet.target,
                    f"use a prefix length of {_LONGEST_PREFIX} or less",
                )


@rule(
    "net-vnet-overlaps-itself", kind="static", code="NetcfgInvalidVirtualNetworkSite",
    source="azure-docs:virtual-network/manage-virtual-network.md (checked 2026-11-25; code not confirmed)",
)  # fmt: skip
def disjoint_space(request: Request) -> Iterator[Fault]:
    """The ranges of a network share no address."""
    for first, second in pairs_that_meet(space_of(request.inputs)):
        yield Fault(
            f"virtual network {request.name} has the overlapping address prefixes {first} and {second}",
            SPACE,
            "leave out the smaller range, or choose another",
        )
