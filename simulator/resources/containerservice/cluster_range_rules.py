"""What AKS refuses about the address ranges of a cluster: services, pods, DNS, and what they must not meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import ip_address, ip_network
from typing import Any, Final

from simulator.ids import parents
from simulator.model import Request
from simulator.resources.containerservice import CHANGELOG, CODES, docs, issue, support
from simulator.resources.containerservice.pool import pools_of, subnet_ranges
from simulator.resources.network.addresses import Network, inside, networks, overlap
from simulator.rule import Fault, rule

_NET: Final = "networkProfile"
# What AKS takes where nothing is said (azure-aks-docs configure-azure-cni, and the SDK's own defaults).
_SERVICES: Final = "10.0.0.0/16"
_PODS: Final = "10.244.0.0/16"
# The network that AKS makes for a cluster without one, and the subnet of its nodes.
_OWN_NETWORK: Final = "10.224.0.0/12"
_OWN_SUBNET: Final = networks("10.224.0.0/16")
_RESERVED: Final = networks(["169.254.0.0/16", "192.0.2.0/24", "172.30.0.0/16", "172.31.0.0/16"])
_SUBNETS: Final = "Microsoft.Network/virtualNetworks/subnets"


def _range(text: Any) -> Any:
    try:
        return ip_network(text, strict=False) if isinstance(text, str) else None
    except ValueError:
        return None


@rule("aks-cidr-notation", kind="static", code="CidrStringParseError", reads=(f"{_NET}.serviceCidr", f"{_NET}.podCidr"),
      source=f"{issue('Azure/AKS#506')}; {CODES}")  # fmt: skip
def cidr_notation(request: Request) -> Iterator[Fault]:
    """Ranges are written as 10.0.0.0/16."""
    for path in (f"{_NET}.serviceCidr", f"{_NET}.podCidr"):
        text = request.known(path)
        if isinstance(text, str) and text and (_range(text) is None or "/" not in text):
            yield Fault(f"{path} '{text}' is not in CIDR notation", path, "write 10.0.0.0/16, for example")


@rule("aks-service-cidr", kind="static", code="InvalidParameter", reads=(f"{_NET}.serviceCidr",),
      source=f"{docs('concepts-network-ip-address-planning.md')}; code not confirmed")  # fmt: skip
def service_cidr(request: Request) -> Iterator[Fault]:
    """At most a /12."""
    written = request.known(f"{_NET}.serviceCidr")
    services = _range(written)
    if services is not None and services.version == 4 and services.prefixlen < 12:
        yield Fault(f"serviceCidr {written} is larger than a /12", f"{_NET}.serviceCidr", "use a smaller range")


@rule("aks-reserved-range", kind="static", code="InvalidParameter",
      source=f"{issue('Azure/AKS#2234; MicrosoftDocs/azure-aks-docs#447')}; "
      f"{docs('concepts-network-cni-overview.md')}; {CHANGELOG}; code not confirmed",
      reads=(_NET,))  # fmt: skip
def reserved_range(request: Request) -> Iterator[Fault]:
    """AKS has four ranges of its own: services don't lie in them, and the pods of a new cluster don't meet them.

    Clusters whose pods met them before the check of 2026 are left alone.
    """
    services, pods = networks(request.known(f"{_NET}.serviceCidr")), networks(request.known(f"{_NET}.podCidr"))
    within = [(f"{_NET}.serviceCidr", each) for each in services if inside(each, _RESERVED)]
    met = overlap(pods, _RESERVED) if _has_pod_cidr(request) and request.old is None else None
    for path, each in within + ([(f"{_NET}.podCidr", met[0])] if met else []):
        yield Fault(
            f"{path} {each} meets a range that AKS reserves: {', '.join(str(one) for one in _RESERVED)}",
            path, "choose another range, such as 172.16.0.0/16 for services or 10.244.0.0/16 for pods",
        )  # fmt: skip


def _services(request: Request) -> Any:
    """The range of services: AKS's own where the program has none; None where a list of ranges says it."""
    listed = request.at(f"{_NET}.serviceCidrs") not in (None, [])
    return request.known(f"{_NET}.serviceCidr", None if listed else _SERVICES)


def _pods(request: Request) -> Any:
    """The same for the range of pods."""
    listed = request.at(f"{_NET}.podCidrs") not in (None, [])
    return request.known(f"{_NET}.podCidr", None if listed else _PODS)


def _dns(request: Request) -> tuple[str, Any, Any]:
    """What is written for the DNS service, as an address, with the range of services; None where it can't be judged."""
    written = request.known(f"{_NET}.dnsServiceIP")
    services = _range(_services(request))
    try:
        address = ip_address(written) if isinstance(written, str) else None
    except ValueError:
        address = None
    return str(written), address, services if services is not None and services.version == 4 else None


@rule("aks-dns-service-ip-form", kind="static", code="DnsServiceIpParseError", reads=(f"{_NET}.dnsServiceIP",),
      source=CODES)  # fmt: skip
def dns_service_ip_form(request: Request) -> Iterator[Fault]:
    """An address."""
    written, address, _ = _dns(request)
    if request.known(f"{_NET}.dnsServiceIP") and address is None:
        yield Fault(
            f"dnsServiceIP '{written}' is no IP address", f"{_NET}.dnsServiceIP", "write 10.0.0.10, for example"
        )


@rule("aks-dns-service-ip", kind="static", code="DnsServiceIpOutOfServiceCidr", quoted=True,
      reads=(f"{_NET}.serviceCidr", f"{_NET}.dnsServiceIP"),
      source=f"{support('error-codes/dnsserviceipoutofservicecidr-error.md')}; "
      f"{issue('Azure/bicep-registry-modules#1469')}")  # fmt: skip
def dns_service_ip(request: Request) -> Iterator[Fault]:
    """DNS has an address among the services'."""
    written, address, services = _dns(request)
    if address is not None and services is not None and address.version == 4 and address not in services:
        yield Fault(f"The DNS service IP {written} is out of the range defined by service CIDR {services}.",
                    f"{_NET}.dnsServiceIP", f"use {services[10]}" if services.num_addresses > 10 else None)  # fmt: skip


@rule("aks-dns-service-ip-first", kind="static", code="DnsServiceIpConflicting",
      reads=(f"{_NET}.serviceCidr", f"{_NET}.dnsServiceIP"),
      source=f"{docs('concepts-network-ip-address-planning.md')}; {CODES}")  # fmt: skip
def dns_service_ip_first(request: Request) -> Iterator[Fault]:
    """The first address is the API server's."""
    written, address, services = _dns(request)
    if address is not None and services is not None and address in (services[0], services[1]):
        yield Fault(f"dnsServiceIP {written} is the first of serviceCidr {services}, which is the API server's",
                    f"{_NET}.dnsServiceIP", f"use {services[10]}" if services.num_addresses > 10 else None)  # fmt: skip


@rule("aks-dns-service-ip-last", kind="static", code="DnsBroadcastAddressConflicting",
      reads=(f"{_NET}.serviceCidr", f"{_NET}.dnsServiceIP"), source=CODES)  # fmt: skip
def dns_service_ip_last(request: Request) -> Iterator[Fault]:
    """The last address is the broadcast."""
    written, address, services = _dns(request)
    if address is not None and services is not None and services.num_addresses > 2 and address == services[-1]:
        yield Fault(f"dnsServiceIP {written} is the broadcast address of serviceCidr {services}",
                    f"{_NET}.dnsServiceIP", f"use {services[10]}" if services.num_addresses > 10 else None)  # fmt: skip


@rule("aks-service-cidr-overlaps-subnet", kind="cross-resource", code="ServiceCidrOverlapExistingSubnetsCidr",
      quoted=True, source=support("error-codes/servicecidroverlapexistingsubnetscidr-error.md"),
      reads=(f"{_NET}.serviceCidr",))  # fmt: skip
def service_cidr_overlaps_subnet(request: Request) -> Iterator[Fault]:
    """No subnet of the network may have an address of a service, not even of AKS's own 10.0.0.0/16."""
    written = _services(request)
    for subnets in _networks_of(request) if request.old is None else ():
        if meet := overlap(networks(written), subnets):
            yield Fault(
                f"The specified service CIDR {written} is conflicted with an existing subnet CIDR {meet[1]}",
                f"{_NET}.serviceCidr", "choose a serviceCidr (and a dnsServiceIP in it) that no network uses",
            )  # fmt: skip
            return


def _networks_of(request: Request) -> Iterator[list[Network]]:
    """For every network that a pool lies in, the known ranges of all its subnets."""
    seen: set[str] = set()
    for pool in pools_of(request):
        subnet_id = pool.known("vnetSubnetID")
        network_id = next(parents(subnet_id), "") if isinstance(subnet_id, str) else ""
        if not network_id or network_id.lower() in seen:
            continue
        seen.add(network_id.lower())
        holder = request.world.get(network_id)
        listed = holder.body.get("subnets") if holder is not None else None
        bodies = [each for each in listed if isinstance(each, Mapping)] if isinstance(listed, list) else []
        bodies += [each.body for each in request.world.below(network_id) if each.type.lower() == _SUBNETS.lower()]
        yield [each for body in bodies for each in subnet_ranges(body)]


@rule("aks-pod-cidr-overlaps-subnet", kind="cross-resource", code="PodCidrOverlapExistingSubnetsCidr",
      source=f"{docs('concepts-network-azure-cni-overlay.md')}; {CODES}",
      reads=(f"{_NET}.podCidr", f"{_NET}.networkPlugin", f"{_NET}.networkPluginMode"))  # fmt: skip
def pod_cidr_overlaps_subnet(request: Request) -> Iterator[Fault]:
    """Pods of an overlay have addresses that no subnet of the network has."""
    pods = networks(_pods(request))
    for subnets in _networks_of(request) if _has_pod_cidr(request) and request.old is None else ():
        if meet := overlap(pods, subnets):
            yield Fault(f"podCidr {meet[0]} meets the subnet range {meet[1]}", f"{_NET}.podCidr",
                        "choose a podCidr that no network uses")  # fmt: skip
            return


def _has_pod_cidr(request: Request) -> bool:
    """Whether pods have a range of their own; with plain Azure CNI the SDK's default is sent and means nothing."""
    plugin, mode = request.known(f"{_NET}.networkPlugin"), request.known(f"{_NET}.networkPluginMode")
    return bool(plugin == "kubenet" or mode == "overlay")


@rule("aks-pod-cidr-overlaps-services", kind="static", code="PodCidrOverlapServiceCidr",
      source=f"{docs('concepts-network-azure-cni-overlay.md')}; {CODES}",
      reads=(f"{_NET}.podCidr", f"{_NET}.serviceCidr", f"{_NET}.networkPluginMode"))  # fmt: skip
def pod_cidr_overlaps_services(request: Request) -> Iterator[Fault]:
    """Pods and services share no address."""
    services = networks(_services(request))
    if _has_pod_cidr(request) and (meet := overlap(networks(_pods(request)), services)):
        yield Fault(f"podCidr {meet[0]} meets serviceCidr {meet[1]}", f"{_NET}.podCidr", "choose ranges apart")


@rule("aks-range-overlaps-own-network", kind="static", code="NetworkProfileCIDROverlapVNET", quoted=True,
      source=f"{issue('Azure/AKS-Construction#403')}; {CHANGELOG}",
      reads=("agentPoolProfiles", _NET))  # fmt: skip
def range_overlaps_own_network(request: Request) -> Iterator[Fault]:
    """Without a subnet of the program's, AKS makes a network, which other ranges leave alone.

    Only ranges that meet the nodes' subnet are judged: the rest of that network was another one in earlier years.
    """
    if request.old is not None or any(pool.fields.get("vnetSubnetID") is not None for pool in pools_of(request)):
        return
    for path in ("serviceCidr", "podCidr") if _has_pod_cidr(request) else ("serviceCidr",):
        if meet := overlap(networks(request.known(f"{_NET}.{path}")), _OWN_SUBNET):
            yield Fault(f"NetworkProfile CIDR {meet[0]} overlaps with reserved VNET CIDR {_OWN_NETWORK}",
                        f"{_NET}.{path}", "choose another range, or name a subnet for the nodes")  # fmt: skip


RANGE_RULES = (
    cidr_notation, service_cidr, reserved_range, dns_service_ip_form, dns_service_ip, dns_service_ip_first,
    dns_service_ip_last, service_cidr_overlaps_subnet, pod_cidr_overlaps_subnet, pod_cidr_overlaps_services,
    range_overlaps_own_network,
)  # fmt: skip
