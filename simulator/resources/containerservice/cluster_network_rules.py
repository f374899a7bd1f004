"""What AKS refuses about a cluster's network: plugins, ranges, the way out, the API server."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address, ip_network
from typing import Any

from simulator.model import Request
from simulator.resources.containerservice.pool import pools_of, subnet, subnet_ranges
from simulator.resources.network.addresses import networks, overlap
from simulator.rule import Fault, rule

_NET = "networkProfile"
_API = "apiServerAccessProfile"
# What AKS takes where nothing is said (azure-aks-docs configure-azure-cni, and the SDK's own defaults).
_SERVICES = "10.0.0.0/16"
_PORTS = 64000


def _pool_subnets(request: Request) -> Iterator[tuple[str, Any]]:
    """The target and what is known of the subnet of every pool that names one."""
    for pool in pools_of(request):
        body = subnet(pool.known("vnetSubnetID"), request.world)
        if body is not None:
            yield f"{pool.prefix}vnetSubnetID", body


@rule("aks-network-plugin", kind="static", source="Azure/terraform-azurerm-aks#398; azure-aks-docs azure-cni-overlay",
      reads=(f"{_NET}.networkPlugin", f"{_NET}.networkPluginMode", f"{_NET}.networkDataplane"))  # fmt: skip
def network_plugin(request: Request) -> Iterator[Fault]:
    """Overlay and Cilium are ways of Azure CNI."""
    plugin = request.known(f"{_NET}.networkPlugin")
    if plugin in (None, "azure"):
        return
    if request.known(f"{_NET}.networkPluginMode") == "overlay":
        yield Fault(f"networkPluginMode overlay needs networkPlugin azure, not {plugin}", f"{_NET}.networkPluginMode",
                    "use networkPlugin azure")  # fmt: skip
    if request.known(f"{_NET}.networkDataplane") == "cilium":
        yield Fault(f"networkDataplane cilium needs networkPlugin azure, not {plugin}", f"{_NET}.networkDataplane",
                    "use networkPlugin azure")  # fmt: skip


@rule("aks-network-policy", kind="static", reads=(f"{_NET}.networkPolicy", f"{_NET}.networkDataplane"),
      source="MicrosoftDocs/azure-aks-docs:articles/aks/azure-cni-powered-by-cilium.md (not re-read)")  # fmt: skip
def network_policy(request: Request) -> Iterator[Fault]:
    """Cilium enforces its own policies and no others."""
    policy, plane = request.known(f"{_NET}.networkPolicy"), request.known(f"{_NET}.networkDataplane", "azure")
    if policy == "cilium" and plane != "cilium":
        yield Fault(
            "networkPolicy cilium needs networkDataplane cilium", f"{_NET}.networkPolicy", "set networkDataplane"
        )
    if plane == "cilium" and policy in ("azure", "calico"):
        yield Fault(f"networkPolicy {policy} does not go with networkDataplane cilium", f"{_NET}.networkPolicy",
                    "use networkPolicy cilium")  # fmt: skip


@rule("aks-network-policy-kubenet", kind="static", code="NetworkPolicyAzureNotSupportedForKubenet",
      source="MicrosoftDocs/azure-aks-docs:articles/aks/use-network-policies.md (not re-read)",
      reads=(f"{_NET}.networkPolicy", f"{_NET}.networkPlugin"))  # fmt: skip
def network_policy_kubenet(request: Request) -> Iterator[Fault]:
    """Kubenet knows Calico alone."""
    if request.known(f"{_NET}.networkPlugin") == "kubenet" and request.known(f"{_NET}.networkPolicy") == "azure":
        yield Fault("networkPolicy azure is not supported for networkPlugin kubenet", f"{_NET}.networkPolicy",
                    "use calico, or networkPlugin azure")  # fmt: skip


@rule("aks-service-cidr", kind="static", code="InvalidParameter", reads=(f"{_NET}.serviceCidr", f"{_NET}.dnsServiceIP"),
      source="MicrosoftDocs/azure-aks-docs:concepts-network-ip-address-planning.md (not re-read)")  # fmt: skip
def service_cidr(request: Request) -> Iterator[Fault]:
    """Smaller than /12; DNS has an address in it, and not the first, which is the API server's."""
    written, dns = request.known(f"{_NET}.serviceCidr"), request.known(f"{_NET}.dnsServiceIP")
    services = _range(written)
    if services is None or services.version != 4:
        return
    if services.prefixlen < 12:
        yield Fault(f"serviceCidr {written} is larger than a /12", f"{_NET}.serviceCidr", "use a smaller range")
    try:
        address = ip_address(dns) if isinstance(dns, str) else None
    except ValueError:
        yield Fault(f"dnsServiceIP '{dns}' is no IP address", f"{_NET}.dnsServiceIP")
        return
    if address is None:
        return
    if address not in services or address in (services[0], services[1]):
        yield Fault(f"dnsServiceIP {dns} has to lie in serviceCidr {written} and can't be its first address",
                    f"{_NET}.dnsServiceIP", f"use {services[10]}" if services.num_addresses > 10 else None)  # fmt: skip


def _range(text: Any) -> Any:
    try:
        return ip_network(text, strict=False) if isinstance(text, str) else None
    except ValueError:
        return None


@rule("aks-cidr-notation", kind="static", code="CidrStringParseError", reads=(f"{_NET}.serviceCidr", f"{_NET}.podCidr"),
      source="azure-mgmt-containerservice 41.8.0 ContainerServiceNetworkProfile (not re-read)")  # fmt: skip
def cidr_notation(request: Request) -> Iterator[Fault]:
    """Ranges are written as 10.0.0.0/16."""
    for path in (f"{_NET}.serviceCidr", f"{_NET}.podCidr"):
        text = request.known(path)
        if isinstance(text, str) and text and (_range(text) is None or "/" not in text):
            yield Fault(f"{path} '{text}' is not in CIDR notation", path, "write 10.0.0.0/16, for example")


@rule("aks-service-cidr-overlaps-subnet", kind="cross-resource", code="ServiceCidrOverlapExistingSubnetsCidr",
      quoted=True, source="Azure/azure-cli#20810; SupportArticles-docs (2026-09-25)",
      reads=(f"{_NET}.serviceCidr",))  # fmt: skip
def service_cidr_overlaps_subnet(request: Request) -> Iterator[Fault]:
    """Also AKS's own 10.0.0.0/16, where nothing is said."""
    written = request.known(f"{_NET}.serviceCidr", _SERVICES) if not request.at(f"{_NET}.serviceCidrs") else None
    for _, body in _pool_subnets(request) if request.old is None else ():
        if meet := overlap(networks(written), subnet_ranges(body)):
            yield Fault(
                f"The specified service CIDR {written} is conflicted with an existing subnet CIDR {meet[1]}",
                f"{_NET}.serviceCidr", "choose a serviceCidr (and a dnsServiceIP in it) that no network uses",
            )  # fmt: skip
            return


@rule("aks-pod-cidr-overlaps-subnet", kind="cross-resource", code="PodCidrOverlapExistingSubnetsCidr",
      source="MicrosoftDocs/azure-aks-docs:articles/aks/azure-cni-overlay.md (not re-read)",
      reads=(f"{_NET}.podCidr", f"{_NET}.networkPlugin", f"{_NET}.networkPluginMode"))  # fmt: skip
def pod_cidr_overlaps_subnet(request: Request) -> Iterator[Fault]:
    """Pods of an overlay have addresses that the nodes' subnet doesn't use."""
    pods = networks(request.known(f"{_NET}.podCidr"))
    for _, body in _pool_subnets(request) if _has_pod_cidr(request) else ():
        if meet := overlap(pods, subnet_ranges(body)):
            yield Fault(f"podCidr {meet[0]} meets the subnet range {meet[1]}", f"{_NET}.podCidr",
                        "choose a podCidr that no network uses")  # fmt: skip
            return


def _has_pod_cidr(request: Request) -> bool:
    """Whether pods have a range of their own; with plain Azure CNI the SDK's default is sent and means nothing."""
    plugin, mode = request.known(f"{_NET}.networkPlugin"), request.known(f"{_NET}.networkPluginMode")
    return bool(plugin == "kubenet" or mode == "overlay")


@rule("aks-pod-cidr-overlaps-services", kind="static", code="PodCidrOverlapServiceCidr",
      source="MicrosoftDocs/azure-aks-docs:articles/aks/azure-cni-overlay.md (not re-read)",
      reads=(f"{_NET}.podCidr", f"{_NET}.serviceCidr", f"{_NET}.networkPluginMode"))  # fmt: skip
def pod_cidr_overlaps_services(request: Request) -> Iterator[Fault]:
    """Pods and services share no address."""
    services = networks(request.known(f"{_NET}.serviceCidr", _SERVICES))
    if _has_pod_cidr(request) and (meet := overlap(networks(request.known(f"{_NET}.podCidr")), services)):
        yield Fault(f"podCidr {meet[0]} meets serviceCidr {meet[1]}", f"{_NET}.podCidr", "choose ranges apart")


@rule("aks-udr-without-route-table", kind="cross-resource", code="ExistingRouteTableNotAssociatedWithSubnet",
      quoted=True, source="Azure/AKS#1842", reads=(f"{_NET}.outboundType",))  # fmt: skip
def udr_without_route_table(request: Request) -> Iterator[Fault]:
    """Where the routes lead out, the subnet has a route table."""
    if request.known(f"{_NET}.outboundType") == "userDefinedRouting":
        for target, body in _pool_subnets(request):
            name = body.get("subnetName", body.get("name"))
            if body.get("routeTable") is None:
                yield Fault(
                    f"An existing route table has not been associated with subnet {name}. Please "
                    "update the route table association",
                    target, "associate a route table with a default route to the firewall with the subnet",
                )  # fmt: skip


@rule("aks-outbound-needs-subnet", kind="static", reads=(f"{_NET}.outboundType", "agentPoolProfiles"),
      source="MicrosoftDocs/azure-aks-docs:articles/aks/egress-outboundtype.md (not re-read)")  # fmt: skip
def outbound_needs_subnet(request: Request) -> Iterator[Fault]:
    """Routes and NAT gateways of one's own are those of a subnet of one's own."""
    outbound = request.known(f"{_NET}.outboundType")
    for pool in pools_of(request) if outbound in ("userDefinedRouting", "userAssignedNATGateway") else ():
        if pool.fields.get("vnetSubnetID") is None and pool.before is None:
            yield Fault(f"outboundType {outbound} needs pools with a vnetSubnetID", f"{pool.prefix}vnetSubnetID",
                        "name the subnet of the pool")  # fmt: skip


@rule("aks-nat-gateway-on-subnet", kind="cross-resource", reads=(f"{_NET}.outboundType",),
      source="MicrosoftDocs/azure-aks-docs:articles/aks/nat-gateway.md (not re-read)")  # fmt: skip
def nat_gateway_on_subnet(request: Request) -> Iterator[Fault]:
    """UserAssignedNATGateway uses the gateway that the subnet has."""
    if request.known(f"{_NET}.outboundType") == "userAssignedNATGateway":
        for target, body in _pool_subnets(request):
            if body.get("natGateway") is None:
                yield Fault("outboundType userAssignedNATGateway, and the subnet has no NAT gateway", target,
                            "associate a NAT gateway with the subnet")  # fmt: skip


@rule("aks-lb-allocated-ports", kind="static", code="InvalidLoadBalancerProfileAllocatedOutboundPorts", quoted=True,
      source="MicrosoftDocs/SupportArticles-docs:error-code-invalidloadbalancerprofileallocatedoutboundports.md",
      reads=(f"{_NET}.loadBalancerProfile", "agentPoolProfiles"))  # fmt: skip
def lb_allocated_ports(request: Request) -> Iterator[Fault]:
    """Every node takes its ports from the 64,000 of each address."""
    profile = f"{_NET}.loadBalancerProfile"
    ports = request.known(f"{profile}.allocatedOutboundPorts", 0)
    own = request.at(f"{profile}.outboundIPs") or request.at(f"{profile}.outboundIPPrefixes")
    addresses = request.known(f"{profile}.managedOutboundIPs.count", 1)
    nodes = sum(int(pool.number("count") or 0) for pool in pools_of(request))
    if ports and not own and nodes * ports > addresses * _PORTS:
        yield Fault(
            f"Load balancer profile allocated ports {ports} is not in an allowable range given the number of nodes and "
            f"IPs provisioned. Total node count {nodes} requires {nodes * ports} ports but only {addresses * _PORTS} "
            f"ports are available given {addresses} outbound public IPs. Refer to https://aka.ms/aks/slb-ports for "
            "more details.",
            f"{profile}.allocatedOutboundPorts", "take fewer ports or more managedOutboundIPs",
        )  # fmt: skip


@rule("aks-private-dns-none", kind="static", reads=(_API,),
      source="MicrosoftDocs/azure-aks-docs:articles/aks/private-clusters.md")  # fmt: skip
def private_dns_none(request: Request) -> Iterator[Fault]:
    """Without a zone the public name is the only one."""
    zone = request.known(f"{_API}.privateDNSZone")
    if (
        isinstance(zone, str)
        and zone.lower() == "none"
        and request.at(f"{_API}.enablePrivateClusterPublicFQDN") is False
    ):
        yield Fault("privateDNSZone none needs enablePrivateClusterPublicFQDN", f"{_API}.privateDNSZone",
                    "use privateDNSZone system, or leave the public name on")  # fmt: skip


@rule("aks-authorized-ranges", kind="static", reads=(_API,),
      source="MicrosoftDocs/azure-aks-docs:articles/aks/api-server-authorized-ip-ranges.md (not re-read)")  # fmt: skip
def authorized_ranges(request: Request) -> Iterator[Fault]:
    """Ranges guard a public address, at most 200 of them."""
    ranges = request.at(f"{_API}.authorizedIPRanges")
    if not isinstance(ranges, list) or not ranges:
        return
    if request.at(f"{_API}.enablePrivateCluster") is True:
        yield Fault(
            "authorizedIPRanges don't go with a private cluster", f"{_API}.authorizedIPRanges", "leave them out"
        )
    if len(ranges) > 200:
        yield Fault(f"{len(ranges)} authorizedIPRanges, and 200 are allowed", f"{_API}.authorizedIPRanges")
    for each in ranges:
        if isinstance(each, str) and _range(each) is None:
            yield Fault(f"'{each}' among authorizedIPRanges is no range", f"{_API}.authorizedIPRanges")


@rule("aks-api-server-subnet", kind="cross-resource", reads=(f"{_API}.subnetId",),
      source="MicrosoftDocs/azure-aks-docs:articles/aks/api-server-vnet-integration.md (not re-read)")  # fmt: skip
def api_server_subnet(request: Request) -> Iterator[Fault]:
    """A subnet of at least /28 for the API server alone."""
    body = subnet(request.known(f"{_API}.subnetId"), request.world)
    for each in subnet_ranges(body) if body is not None else ():
        if each.version == 4 and each.prefixlen > 28:
            yield Fault(
                f"the API server's subnet {each} is smaller than a /28", f"{_API}.subnetId", "use a /28 or larger"
            )
    mine = request.known(f"{_API}.subnetId")
    for pool in pools_of(request):
        theirs = pool.known("vnetSubnetID")
        if isinstance(mine, str) and isinstance(theirs, str) and mine.lower() == theirs.lower():
            yield Fault("the API server's subnet is that of a pool", f"{_API}.subnetId", "use a subnet of its own")


NETWORK_RULES = (
    network_plugin, network_policy, network_policy_kubenet, service_cidr, cidr_notation, service_cidr_overlaps_subnet,
    pod_cidr_overlaps_subnet, pod_cidr_overlaps_services, udr_without_route_table, outbound_needs_subnet,
    nat_gateway_on_subnet, lb_allocated_ports, private_dns_none, authorized_ranges, api_server_subnet,
)  # fmt: skip
