"""What AKS refuses about a cluster's way out: load balancer, routes, NAT gateway, none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.ids import key, parents
from simulator.model import Request, normal_location
from simulator.resources.containerservice import AZURERM, CODES, docs, issue, support
from simulator.resources.containerservice.pool import pools_of, subnet
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN, at

_NET: Final = "networkProfile"
_OUT: Final = f"{_NET}.outboundType"
_PROFILE: Final = f"{_NET}.loadBalancerProfile"
_PORTS: Final = 64000
_ROUTED: Final = "userDefinedRouting"
_LEADS_OUT: Final = ("VirtualAppliance", "VirtualNetworkGateway", "None")


def _pool_subnets(request: Request) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The target and what is known of the subnet of every pool that names one."""
    for pool in pools_of(request):
        body = subnet(pool.known("vnetSubnetID"), request.world)
        if body is not None:
            yield f"{pool.prefix}vnetSubnetID", body


@rule("aks-udr-without-route-table", kind="cross-resource", code="ExistingRouteTableNotAssociatedWithSubnet",
      quoted=True, source=issue("Azure/AKS#1842"), reads=(_OUT,))  # fmt: skip
def udr_without_route_table(request: Request) -> Iterator[Fault]:
    """Where the routes lead out, the subnet has a route table."""
    if request.known(_OUT) == _ROUTED:
        for target, body in _pool_subnets(request):
            name = body.get("subnetName", body.get("name"))
            if body.get("routeTable") is None:
                yield Fault(
                    f"An existing route table has not been associated with subnet {name}. Please "
                    "update the route table association",
                    target, "associate a route table with a default route to the firewall with the subnet",
                )  # fmt: skip


def _routes(request: Request) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """For every pool's subnet with a table of routes that is known whole, its target and the routes."""
    for target, body in _pool_subnets(request) if request.known(_OUT) == _ROUTED else ():
        table_id = at(body, "routeTable.id")
        table = request.world.get(table_id) if isinstance(table_id, str) else None
        listed = table.body.get("routes", []) if table is not None else UNKNOWN
        if table is None or not isinstance(listed, list):
            continue
        apart = [each.body for each in request.world.below(table.id) if key(next(parents(each.id))) == key(table.id)]
        routes = [route for route in (*listed, *apart) if isinstance(route, Mapping)]
        if all(route.get("addressPrefix") is not UNKNOWN for route in routes):
            yield target, routes


@rule("aks-udr-default-route", kind="cross-resource", code="RouteTableMissingDefaultRouteError",
      source=f"{docs('egress-outboundtype.md')}; {CODES}", reads=(_OUT,))  # fmt: skip
def udr_default_route(request: Request) -> Iterator[Fault]:
    """The table leads everything out."""
    for target, routes in _routes(request):
        if not any(route.get("addressPrefix") == "0.0.0.0/0" for route in routes):
            yield Fault("the subnet's route table has no route for 0.0.0.0/0", target,
                        "add a route for 0.0.0.0/0 to the firewall, before the cluster (dependsOn)")  # fmt: skip


@rule("aks-udr-next-hop", kind="cross-resource", code="RouteTableInvalidNextHop", source=CODES, reads=(_OUT,))
def udr_next_hop(request: Request) -> Iterator[Fault]:
    """The way out is an appliance or a gateway; Internet is that of Azure's load balancer."""
    for target, routes in _routes(request):
        for route in routes:
            hop = route.get("nextHopType")
            if route.get("addressPrefix") == "0.0.0.0/0" and isinstance(hop, str) and hop not in _LEADS_OUT:
                yield Fault(f"the default route of the subnet's route table leads to {hop}, not to an appliance or "
                            "gateway", target, "use nextHopType VirtualAppliance")  # fmt: skip


@rule("aks-udr-load-balancer-profile", kind="static", code="InvalidUserDefinedRoutingWithLoadBalancerProfile",
      source=CODES, reads=(_OUT, _PROFILE))  # fmt: skip
def udr_load_balancer_profile(request: Request) -> Iterator[Fault]:
    """Either routes lead out or the load balancer's addresses do."""
    ways = [name for name in ("managedOutboundIPs", "outboundIPs", "outboundIPPrefixes")
            if request.at(f"{_PROFILE}.{name}")]  # fmt: skip
    if request.known(_OUT) == _ROUTED and ways:
        yield Fault(f"outboundType {_ROUTED} does not go with loadBalancerProfile.{ways[0]}", f"{_PROFILE}.{ways[0]}",
                    "leave loadBalancerProfile out")  # fmt: skip


@rule("aks-udr-needs-subnet", kind="static", code="AgentPoolsWithEmptySubnetError",
      source=f"{docs('egress-outboundtype.md')}; {CODES}", reads=(_OUT, "agentPoolProfiles"))  # fmt: skip
def udr_needs_subnet(request: Request) -> Iterator[Fault]:
    """Routes of one's own are those of a subnet of one's own."""
    yield from _without_subnet(request, _ROUTED)


@rule("aks-user-nat-gateway-needs-subnet", kind="static", code="UserAssignedNATGatewayWithManagedVNetNotAllowed",
      source=f"{docs('nat-gateway.md')}; {CODES}", reads=(_OUT, "agentPoolProfiles"))  # fmt: skip
def user_nat_gateway_needs_subnet(request: Request) -> Iterator[Fault]:
    """A NAT gateway of one's own is that of a subnet of one's own."""
    yield from _without_subnet(request, "userAssignedNATGateway")


def _without_subnet(request: Request, outbound: str) -> Iterator[Fault]:
    for pool in pools_of(request) if request.known(_OUT) == outbound else ():
        if pool.fields.get("vnetSubnetID") is None and pool.before is None:
            yield Fault(f"outboundType {outbound} needs pools with a vnetSubnetID", f"{pool.prefix}vnetSubnetID",
                        "name the subnet of the pool")  # fmt: skip


@rule("aks-managed-nat-gateway-subnet", kind="static", code="ManagedNATGatewayWithCustomVNetNotAllowed",
      source=f"{docs('nat-gateway.md')}; {CODES}", reads=(_OUT, "agentPoolProfiles"))  # fmt: skip
def managed_nat_gateway_subnet(request: Request) -> Iterator[Fault]:
    """A NAT gateway of AKS's is in a network of AKS's."""
    for pool in pools_of(request) if request.known(_OUT) == "managedNATGateway" else ():
        if pool.known("vnetSubnetID") is not None:
            yield Fault("outboundType managedNATGateway does not go with a vnetSubnetID", _OUT,
                        "use userAssignedNATGateway with a NAT gateway on the subnet")  # fmt: skip
            return


@rule("aks-nat-gateway-on-subnet", kind="cross-resource", code="SubnetNotAssociatedWithNATGateway", reads=(_OUT,),
      source=f"{docs('nat-gateway.md')}; {CODES}")  # fmt: skip
def nat_gateway_on_subnet(request: Request) -> Iterator[Fault]:
    """UserAssignedNATGateway uses the gateway that the subnet has."""
    if request.known(_OUT) == "userAssignedNATGateway":
        for target, body in _pool_subnets(request):
            if body.get("natGateway") is None:
                yield Fault("outboundType userAssignedNATGateway, and the subnet has no NAT gateway", target,
                            "associate a NAT gateway with the subnet")  # fmt: skip


@rule("aks-nat-gateway-address", kind="cross-resource", code="NATGatewayNotAssociatedWithPublicIPOrIPPrefix",
      source=CODES, reads=(_OUT,))  # fmt: skip
def nat_gateway_address(request: Request) -> Iterator[Fault]:
    """A NAT gateway without an address leads nowhere."""
    for target, body in _pool_subnets(request) if request.known(_OUT) == "userAssignedNATGateway" else ():
        gateway_id = at(body, "natGateway.id")
        gateway = request.world.get(gateway_id) if isinstance(gateway_id, str) else None
        names = [name for name in (gateway.body if gateway is not None else ()) if name.lower().startswith("publicip")]
        if gateway is not None and not any(gateway.body[name] for name in names):
            yield Fault("the subnet's NAT gateway has no public address or prefix", target,
                        "give the NAT gateway a publicIpAddresses")  # fmt: skip


@rule("aks-outbound-none", kind="static", reads=(_OUT, "bootstrapProfile"), source=f"{AZURERM}; code not confirmed")
def outbound_none(request: Request) -> Iterator[Fault]:
    """Without a way out, nodes get their images from a registry inside."""
    if request.known(_OUT) in ("none", "block") and request.known("bootstrapProfile.artifactSource") != "Cache":
        yield Fault(f"outboundType {request.known(_OUT)} needs bootstrapProfile.artifactSource Cache", _OUT,
                    "set bootstrapProfile.artifactSource to Cache")  # fmt: skip


@rule("aks-lb-allocated-ports", kind="static", code="InvalidLoadBalancerProfileAllocatedOutboundPorts", quoted=True,
      source=support("error-codes/invalidloadbalancerprofileallocatedoutboundports-error.md"),
      reads=(_PROFILE, "agentPoolProfiles"))  # fmt: skip
def lb_allocated_ports(request: Request) -> Iterator[Fault]:
    """Every node takes its ports from the 64,000 of each address."""
    ports = request.known(f"{_PROFILE}.allocatedOutboundPorts", 0)
    own = request.at(f"{_PROFILE}.outboundIPs") or request.at(f"{_PROFILE}.outboundIPPrefixes")
    addresses = request.known(f"{_PROFILE}.managedOutboundIPs.count", 1)
    nodes = sum(int(pool.number("count") or 0) for pool in pools_of(request))
    if ports and not own and nodes * ports > addresses * _PORTS:
        yield Fault(
            f"Load balancer profile allocated ports {ports} is not in an allowable range given the number of nodes and "
            f"IPs provisioned. Total node count {nodes} requires {nodes * ports} ports but only {addresses * _PORTS} "
            f"ports are available given {addresses} outbound public IPs. Refer to https://aka.ms/aks/slb-ports for "
            "more details.",
            f"{_PROFILE}.allocatedOutboundPorts", "take fewer ports or more managedOutboundIPs",
        )  # fmt: skip


@rule("aks-lb-ports-of-eight", kind="static", code="LoadBalancerProfileAllocatedOutboundPortsMustBeMultipleOfEight",
      source=f"{docs('configure-load-balancer-standard.md')}; {CODES}", reads=(_PROFILE,))  # fmt: skip
def lb_ports_of_eight(request: Request) -> Iterator[Fault]:
    """Ports go out by eights."""
    ports = request.known(f"{_PROFILE}.allocatedOutboundPorts")
    if isinstance(ports, int | float) and ports % 8 != 0:
        yield Fault(f"allocatedOutboundPorts {ports} is no multiple of 8", f"{_PROFILE}.allocatedOutboundPorts",
                    "write a multiple of 8")  # fmt: skip


@rule("aks-lb-outbound-ip-region", kind="cross-resource", code="LoadBalancerProfileOutboundIPNotInTheSameRegion",
      source=CODES, reads=(_PROFILE, "location"))  # fmt: skip
def lb_outbound_ip_region(request: Request) -> Iterator[Fault]:
    """The way out is in the cluster's region."""
    for body in _addresses(request):
        region = body.get("location")
        if isinstance(region, str) and request.location and normal_location(region) != request.location:
            yield Fault(f"a public address among outboundIPs lies in {region}, and the cluster in {request.location}",
                        f"{_PROFILE}.outboundIPs", "use an address of the same region")  # fmt: skip


def _addresses(request: Request) -> Iterator[Mapping[str, Any]]:
    listed = request.known(f"{_PROFILE}.outboundIPs.publicIPs")
    for each in listed if isinstance(listed, list) else ():
        named = at(each, "id")
        record = request.world.get(named) if isinstance(named, str) else None
        if record is not None:
            yield record.body


OUTBOUND_RULES = (
    udr_without_route_table, udr_default_route, udr_next_hop, udr_load_balancer_profile, udr_needs_subnet,
    user_nat_gateway_needs_subnet, managed_nat_gateway_subnet, nat_gateway_on_subnet, nat_gateway_address,
    outbound_none, lb_allocated_ports, lb_ports_of_eight, lb_outbound_ip_region,
)  # fmt: skip
