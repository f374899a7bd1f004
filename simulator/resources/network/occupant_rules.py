"""What Azure refuses about a subnet while something is in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.ids import key
from simulator.model import Request
from simulator.resources.network.addresses import prefixes
from simulator.resources.network.subnet_rules import NETWORK, Subnet, subnets_of
from simulator.rule import Fault, rule
from simulator.store import Record

# Types that surely hold an address of the subnet that they name. A node pool may be empty, and a firewall rule of a
# storage account names a subnet without being in it.
_OCCUPANTS: Final = (
    "Microsoft.Network/networkInterfaces", "Microsoft.Network/privateEndpoints",
    "Microsoft.Network/applicationGateways", "Microsoft.Network/azureFirewalls", "Microsoft.Network/bastionHosts",
    "Microsoft.Network/virtualNetworkGateways", "Microsoft.Network/loadBalancers",
    "Microsoft.Network/dnsResolvers/inboundEndpoints", "Microsoft.Network/dnsResolvers/outboundEndpoints",
    "Microsoft.ContainerService/managedClusters",
)  # fmt: skip
# Apps reach into a subnet through a link that App Service keeps, and name other subnets in their access restrictions.
_INTEGRATED: Final = (
    ("Microsoft.Web/sites", "virtualNetworkSubnetId"), ("Microsoft.Web/sites/slots", "virtualNetworkSubnetId"),
    ("Microsoft.Web/sites/networkConfig", "subnetResourceId"),
)  # fmt: skip
# The add-ons of a cluster name subnets that their own resources are in.
_CLUSTERS: Final = "Microsoft.ContainerService/managedClusters"


def occupants(request: Request, subnet_id: str) -> list[Record]:
    """The resources that hold an address of a subnet."""
    wanted = key(subnet_id)
    return [
        record
        for kind in _OCCUPANTS
        for record in request.world.of_type(kind)
        if _mentions(record.body.get("agentPoolProfiles") if kind == _CLUSTERS else record.body, wanted)
    ]


def integrated(request: Request, subnet_id: str) -> list[Record]:
    """The apps that reach into a subnet."""
    wanted = key(subnet_id)
    return [
        record
        for kind, member in _INTEGRATED
        for record in request.world.of_type(kind)
        if key(str(record.body.get(member))) == wanted
    ]


def _mentions(value: Any, wanted: str) -> bool:
    if isinstance(value, str):
        return key(value) == wanted
    if isinstance(value, Mapping):
        return any(_mentions(child, wanted) for child in value.values())
    return isinstance(value, list) and any(_mentions(child, wanted) for child in value)


@rule(
    "net-prefix-of-used-subnet", kind="lifecycle", code="InUsePrefixCannotBeDeleted", quoted=True,
    source="public reports of InUsePrefixCannotBeDeleted for shrunk and grown subnets (checked 2026-11-25)",
)  # fmt: skip
def keeps_prefix(request: Request) -> Iterator[Fault]:
    """A subnet that holds something keeps its ranges, whether the new one is larger or smaller."""
    if request.old is None:
        return
    before = {each.name.lower(): each for each in _before(request)}
    for subnet in subnets_of(request):
        old = before.get(subnet.name.lower())
        kept = [*prefixes(subnet.body.get("addressPrefix")), *prefixes(subnet.body.get("addressPrefixes"))]
        was = [*prefixes(old.body.get("addressPrefix")), *prefixes(old.body.get("addressPrefixes"))] if old else []
        gone = [prefix for prefix in was if prefix not in kept]
        if gone and kept and occupants(request, subnet.id):
            yield Fault(
                f"IpPrefix {gone[0]} on Subnet {subnet.name} has active allocations and cannot be deleted.",
                subnet.target,
                "make another subnet of the size that is needed and move to it",
            )


def _before(request: Request) -> Iterator[Subnet]:
    if request.old is not None:
        yield from subnets_of(Request(request.id, request.token, request.old.body, request.world))


@rule(
    "net-vnet-drops-used-subnet", kind="lifecycle", code="InUseSubnetCannotBeDeleted", quoted=True,
    source="azure-docs:virtual-network/virtual-network-manage-subnet.md; public reports of InUseSubnetCannotBeDeleted "
    "(checked 2026-11-25)",
)  # fmt: skip
def keeps_used_subnets(request: Request) -> Iterator[Fault]:
    """A list of subnets deletes those that it leaves out, which fails while something is in them."""
    if request.old is None or not isinstance(request.at("subnets"), list):
        return
    kept = {subnet.name.lower() for subnet in subnets_of(request)}
    for subnet in _before(request):
        is_kept = subnet.name.lower() in kept
        users = [] if is_kept else [*occupants(request, subnet.id), *integrated(request, subnet.id)]
        if users:
            yield Fault(
                f"Subnet {subnet.name} is in use by {users[0].id} and cannot be deleted. In order to delete the "
                "subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.",
                "subnets",
                "keep the subnet in the list, or move what uses it first",
            )


@rule(
    "net-nat-gateway-serves-one-vnet", kind="cross-resource",
    code="NatGatewayCannotBeUsedBySubnetsBelongingToDifferentVirtualNetworks", source="microsoft/azure_arc#3288",
)  # fmt: skip
def one_network(request: Request) -> Iterator[Fault]:
    """The subnets of a NAT gateway lie in one network."""
    for subnet in subnets_of(request):
        gateway = _gateway(subnet.body)
        other = next(_others(request, subnet, gateway), None) if gateway is not None else None
        if other is not None:
            yield Fault(
                f"NAT gateway {gateway} can't serve subnets of {subnet.network} and of {other}",
                f"{subnet.path}natGateway.id",
                "make a NAT gateway for each virtual network",
            )


def _gateway(body: Mapping[str, Any]) -> str | None:
    reference = body.get("natGateway")
    found = reference.get("id") if isinstance(reference, Mapping) else None
    return found if isinstance(found, str) else None


def _others(request: Request, subnet: Subnet, gateway: str) -> Iterator[str]:
    """The other networks that a NAT gateway serves."""
    for record in request.world.of_type("Microsoft.Network/virtualNetworks/subnets"):
        network = record.id.rsplit("/", 2)[0]
        used = _gateway(record.body)
        if used is not None and key(used) == key(gateway) and key(network) != key(subnet.network):
            yield network
    for record in request.world.of_type("Microsoft.Network/virtualNetworks"):
        inline = subnets_of(Request(record.id, NETWORK, record.body, request.world))
        used_inline = any(key(_gateway(each.body) or "") == key(gateway) for each in inline)
        if used_inline and record.key != key(subnet.network):
            yield record.id
