"""What Azure refuses about a virtual network itself: its space, its DNS servers, its protection."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any, Final

from simulator.ids import key, parents
from simulator.model import Request, normal_location
from simulator.resources.network.addresses import address, overlap, space_of
from simulator.resources.network.subnet_rules import SPACE, network_of, subnets_of
from simulator.rule import Fault, rule
from simulator.store import Record
from simulator.values import at

_PEERINGS: Final = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings"
_FAQ: Final = "azure-docs:virtual-network/virtual-networks-faq.md (checked 2026-11-25; code not confirmed)"
# Multicast, broadcast, loopback, link-local, Azure's own DNS.
_RESERVED: Final = [
    ip_network(each)
    for each in ("224.0.0.0/4", "255.255.255.255/32", "127.0.0.0/8", "169.254.0.0/16", "168.63.129.16/32")
]
_SMALLEST: Final = 29
_TIMEOUTS: Final = range(4, 31)
_PARTS: Final = ("networkSecurityGroup", "routeTable", "natGateway")


@rule("net-vnet-reserved-range", kind="static", source=_FAQ)
def free_space(request: Request) -> Iterator[Fault]:
    """A network uses no range that Azure or the protocol keeps."""
    if met := overlap(space_of(request.inputs), list(_RESERVED)):
        yield Fault(f"address prefix {met[0]} meets the reserved range {met[1]}", SPACE, "choose a private range")


@rule("net-vnet-size", kind="static", source=_FAQ)
def large_enough(request: Request) -> Iterator[Fault]:
    """A range of a network has at least eight addresses."""
    for network in space_of(request.inputs):
        if network.version == 4 and network.prefixlen > _SMALLEST:
            yield Fault(
                f"address prefix {network} is too small for a virtual network",
                SPACE,
                f"use a prefix length of {_SMALLEST} or less",
            )


@rule(
    "net-vnet-dns-server", kind="static",
    source="azure-docs:virtual-network/manage-virtual-network.md, DNS servers (checked 2026-11-25; code not confirmed)",
)  # fmt: skip
def dns_servers(request: Request) -> Iterator[Fault]:
    """A DNS server is given by its address."""
    listed = request.known("dhcpOptions.dnsServers", [])
    for server in listed if isinstance(listed, list) else ():
        if isinstance(server, str) and address(server) is None:
            yield Fault(
                f"DNS server '{server}' is no IP address",
                "dhcpOptions.dnsServers",
                "write the address of the server, without a port or a length",
            )


@rule(
    "net-vnet-ddos-plan", kind="static", code="DdosProtectionPlanMustBeSet", quoted=True,
    source="MicrosoftDocs/azure-docs#71618", reads=("enableDdosProtection", "ddosProtectionPlan.id"),
)  # fmt: skip
def ddos_plan(request: Request) -> Iterator[Fault]:
    """DDoS protection comes from a plan."""
    if request.at("enableDdosProtection") is True and request.at("ddosProtectionPlan.id") is None:
        yield Fault(
            f"DdosProtectionPlan in virtual network {request.id} must be set to enable DDoS protection.",
            "ddosProtectionPlan",
            "name a plan, or leave the protection off",
        )


@rule(
    "net-vnet-flow-timeout", kind="static", reads=("flowTimeoutInMinutes",),
    source="hashicorp/terraform-provider-azurerm:website/docs/r/virtual_network.html.markdown (code not confirmed)",
)  # fmt: skip
def flow_timeout(request: Request) -> Iterator[Fault]:
    """Flows are idle for four to thirty minutes."""
    value = request.known("flowTimeoutInMinutes")
    if isinstance(value, (int, float)) and value not in _TIMEOUTS:
        yield Fault(f"flowTimeoutInMinutes is {value} and must be 4 to 30", "flowTimeoutInMinutes", "use 4 to 30")


@rule(
    "net-vnet-meets-peer", kind="lifecycle", code="VnetAddressSpacesOverlap", reads=(SPACE,),
    source="mddazure/subnet-peering:README.md (code not confirmed for a change of the network)",
)  # fmt: skip
def apart_from_peers(request: Request) -> Iterator[Fault]:
    """A peered network doesn't grow into the space of its peer."""
    if request.old is None:
        return
    for remote in peers(request, request.id):
        if met := overlap(space_of(request.inputs), space_of(remote.body)):
            yield Fault(
                f"virtual network {request.id} is peered with {remote.id}, and their address prefixes {met[0]} and "
                f"{met[1]} overlap",
                SPACE,
                "choose a range that no peered network uses",
            )


def peers(request: Request, network: str) -> Iterator[Record]:
    """The networks that a network is peered with, as far as they are here."""
    for peering in request.world.of_type(_PEERINGS):
        remote: Any = at(peering.body, "remoteVirtualNetwork.id")
        if key(next(parents(peering.id))) == key(network) and isinstance(remote, str):
            found = request.world.get(remote)
            if found is not None:
                yield found


@rule(
    "net-subnet-parts-in-region", kind="cross-resource", code="InvalidResourceReference", quoted=True,
    source="azure-docs:azure-resource-manager/troubleshooting/error-not-found.md; Azure/azure-cli#10672 (checked "
    "2026-11-25)",
)  # fmt: skip
def parts_in_region(request: Request) -> Iterator[Fault]:
    """The security group, route table and NAT gateway of a subnet lie in the region of its network."""
    network = network_of(request)
    region = network.get("location") if network is not None else None
    for subnet in subnets_of(request) if isinstance(region, str) else ():
        for member in _PARTS:
            reference = at(subnet.body, f"{member}.id")
            part = request.world.get(reference) if isinstance(reference, str) else None
            where = part.body.get("location") if part is not None else None
            if isinstance(where, str) and normal_location(where) != normal_location(str(region)):
                yield Fault(
                    f"Resource {reference} referenced by resource {subnet.id} was not found. Please make sure that the "
                    "referenced resource exists, and that both resources are in the same region.",
                    f"{subnet.path}{member}.id",
                    f"make it in {region}, where the network is",
                )
