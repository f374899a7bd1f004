"""What Azure refuses about a DNS resolver, its endpoints and its rulesets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import ip_network
from typing import Any, Final

from simulator.ids import key, parents
from simulator.model import Request, normal_location
from simulator.resources.network.addresses import Network, address, holds, overlap, ranges_of
from simulator.rule import Fault, rule
from simulator.store import Record
from simulator.values import at

_DOCS: Final = "azure-docs:dns/dns-private-resolver-overview.md (checked 2026-11-25; code not confirmed)"
_SERVICE: Final = "microsoft.network/dnsresolvers"
_ENDPOINTS: Final = (
    "Microsoft.Network/dnsResolvers/inboundEndpoints",
    "Microsoft.Network/dnsResolvers/outboundEndpoints",
)
_RESERVED: Final[list[Network]] = [ip_network(f"10.0.{third}.0/24") for third in range(1, 17)]
_SIZES: Final = range(24, 29)
_MOST_ENDPOINTS: Final = 2
_MOST_SERVERS: Final = 6


def _region(request: Request, resource_id: Any) -> str | None:
    record = request.world.get(resource_id) if isinstance(resource_id, str) else None
    found = record.body.get("location") if record is not None else None
    return normal_location(found) if isinstance(found, str) else None


@rule("dnsr-region-of-network", kind="cross-resource", source=_DOCS, reads=("location", "virtualNetwork.id"))
def region_of_network(request: Request) -> Iterator[Fault]:
    """A resolver lies in the region of its network."""
    where = _region(request, request.known("virtualNetwork.id"))
    if where is not None and request.location and where != request.location:
        yield Fault(
            f"the resolver is in {request.location}, its virtual network in {where}", "location", f"use {where}"
        )


@rule("dnsr-one-per-network", kind="cross-resource", source=_DOCS, reads=("virtualNetwork.id",))
def one_per_network(request: Request) -> Iterator[Fault]:
    """A network has one resolver."""
    network = request.known("virtualNetwork.id")
    for other in request.world.of_type("Microsoft.Network/dnsResolvers"):
        taken = at(other.body, "virtualNetwork.id")
        if other.key != key(request.id) and isinstance(taken, str) and key(taken) == key(str(network)):
            yield Fault(
                f"virtual network {network} has the resolver {other.id} already",
                "virtualNetwork.id",
                "use that resolver: it takes several endpoints",
            )


def _subnets(request: Request) -> Iterator[tuple[str, str, Record | None]]:
    """The path of each subnet of an endpoint, its id, and itself where it is here."""
    listed = request.at("ipConfigurations")
    items = [("subnet.id", request.at("subnet.id"))]
    items += [
        (f"ipConfigurations.{index}.subnet.id", at(item, "subnet.id"))
        for index, item in enumerate(listed if isinstance(listed, list) else ())
        if isinstance(item, Mapping)
    ]
    yield from ((path, found, request.world.get(found)) for path, found in items if isinstance(found, str))


@rule(
    "dnsr-endpoint-subnet", kind="cross-resource", quoted=True,
    source="Azure/azure-rest-api-specs#21744; MicrosoftDocs/azure-docs#101720",
)  # fmt: skip
def usable_subnet(request: Request) -> Iterator[Fault]:
    """The subnet of an endpoint is /28 to /24, apart from Azure's own ranges, and serves nothing else."""
    kind = "inbound" if "inboundendpoints" in request.id.lower() else "outbound"
    for path, subnet_id, subnet in _subnets(request):
        if subnet is None:
            continue
        ranges = ranges_of(subnet.body)
        fits = all(each.version == 4 and each.prefixlen in _SIZES for each in ranges)
        if fits and overlap(ranges, _RESERVED) is None and not _serves_another(request, subnet):
            continue
        yield Fault(
            f"The specified subnet {subnet_id} could not be used to provision the {kind} endpoint. Please make sure "
            "you use a subnet of at least /28 and at most /24 size, which is not currently in use by any other DNS "
            "resolver endpoint or any other Azure service workloads, and does not collide with the reserved subnet "
            f"spaces of '{';'.join(map(str, _RESERVED))}'.",
            path,
            "give each endpoint a subnet of its own, /28 to /24, outside 10.0.1.0 to 10.0.16.255",
        )


def _serves_another(request: Request, subnet: Record) -> bool:
    listed = subnet.body.get("delegations")
    for item in listed if isinstance(listed, list) else ():
        service = item.get("serviceName") if isinstance(item, Mapping) else None
        if isinstance(service, str) and service.lower() != _SERVICE:
            return True
    for kind in _ENDPOINTS:
        for other in request.world.of_type(kind):
            taken = {key(found) for _, found, _ in _subnets(Request(other.id, other.token, other.body, request.world))}
            if other.key != key(request.id) and subnet.key in taken:
                return True
    return False


@rule("dnsr-endpoint-in-network", kind="cross-resource", source=_DOCS)
def in_the_network(request: Request) -> Iterator[Fault]:
    """The subnet of an endpoint lies in the network of its resolver."""
    resolver = request.world.get(next(parents(request.id)))
    network = at(resolver.body, "virtualNetwork.id") if resolver is not None else None
    for path, subnet_id, _ in _subnets(request):
        if isinstance(network, str) and not key(subnet_id).startswith(f"{key(network)}/"):
            yield Fault(
                f"subnet {subnet_id} is not in {network}, the virtual network of the resolver",
                path,
                "use a subnet of that network",
            )


@rule("dnsr-endpoint-address", kind="cross-resource", source=_DOCS)
def static_address(request: Request) -> Iterator[Fault]:
    """The address of an inbound endpoint lies in its subnet, behind the first four."""
    listed = request.at("ipConfigurations")
    for index, item in enumerate(listed if isinstance(listed, list) else ()):
        text = item.get("privateIpAddress") if isinstance(item, Mapping) else None
        reference = at(item, "subnet.id") if isinstance(item, Mapping) else None
        subnet = request.world.get(reference) if isinstance(reference, str) else None
        one = address(text) if isinstance(text, str) else None
        ranges = ranges_of(subnet.body) if subnet is not None else []
        if one is None or not ranges:
            continue
        taken = {each[place] for each in ranges for place in (0, 1, 2, 3, -1)}
        if not holds(ranges, one) or one in taken:
            yield Fault(
                f"private address {text} is not a free address of subnet prefix {', '.join(map(str, ranges))}",
                f"ipConfigurations.{index}.privateIpAddress",
                "choose an address of the subnet from its fifth on",
            )


@rule("dnsr-ruleset-endpoints", kind="static", source=_DOCS, reads=("dnsResolverOutboundEndpoints",))
def few_endpoints(request: Request) -> Iterator[Fault]:
    """A ruleset has one or two outbound endpoints."""
    listed = request.known("dnsResolverOutboundEndpoints", [])
    if isinstance(listed, list) and not 1 <= len(listed) <= _MOST_ENDPOINTS:
        yield Fault(
            f"the ruleset has {len(listed)} outbound endpoints and needs one or two",
            "dnsResolverOutboundEndpoints",
            "name one or two outbound endpoints",
        )


@rule("dnsr-rule-domain", kind="static", source=_DOCS, reads=("domainName",))
def ends_with_dot(request: Request) -> Iterator[Fault]:
    """The domain of a rule ends with a dot."""
    domain = request.known("domainName")
    if isinstance(domain, str) and not domain.endswith("."):
        yield Fault(f"domainName '{domain}' does not end with a dot", "domainName", f"write {domain}.")


@rule("dnsr-rule-servers", kind="static", source=_DOCS)
def servers(request: Request) -> Iterator[Fault]:
    """A rule forwards to at most six addresses."""
    listed = request.at("targetDnsServers")
    items = [item for item in listed if isinstance(item, Mapping)] if isinstance(listed, list) else []
    if len(items) > _MOST_SERVERS:
        yield Fault(f"the rule has {len(items)} servers and may have {_MOST_SERVERS}", "targetDnsServers", "name fewer")
    for index, item in enumerate(items):
        text, port = item.get("ipAddress"), item.get("port")
        if isinstance(text, str) and address(text) is None:
            yield Fault(
                f"server '{text}' is no IP address", f"targetDnsServers.{index}.ipAddress", "write the server's address"
            )
        if isinstance(port, (int, float)) and not 1 <= port <= 65535:
            yield Fault(f"port {port} is not 1 to 65535", f"targetDnsServers.{index}.port", "use 53")


@rule("dnsr-one-ruleset-per-network", kind="cross-resource", source=_DOCS, reads=("virtualNetwork.id",))
def one_ruleset(request: Request) -> Iterator[Fault]:
    """A network is linked to one ruleset."""
    network = request.known("virtualNetwork.id")
    for other in request.world.of_type("Microsoft.Network/dnsForwardingRulesets/virtualNetworkLinks"):
        taken = at(other.body, "virtualNetwork.id")
        if other.key != key(request.id) and isinstance(taken, str) and key(taken) == key(str(network)):
            yield Fault(
                f"virtual network {network} is linked by {other.id} already",
                "virtualNetwork.id",
                "put the rules into one ruleset",
            )


@rule("dnsr-link-region", kind="cross-resource", source=_DOCS, reads=("virtualNetwork.id",))
def link_in_region(request: Request) -> Iterator[Fault]:
    """A ruleset serves networks of its own region."""
    where = _region(request, request.known("virtualNetwork.id"))
    own = _region(request, next(parents(request.id)))
    if where is not None and own is not None and where != own:
        yield Fault(
            f"the ruleset is in {own}, the virtual network in {where}",
            "virtualNetwork.id",
            "make a ruleset in the region of the network",
        )


ENDPOINT_RULES: Final = (in_the_network, usable_subnet, static_address)
