"""What AKS refuses about the way to a cluster's API server: private or not, its zone, its subnet, who may call."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any, Final

from simulator.ids import key, looks_like_id, name_of, parents
from simulator.model import Request
from simulator.resources.containerservice import AZURERM, CODES, docs, issue
from simulator.resources.containerservice.pool import pools_of, subnet, subnet_ranges
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN, at

_API: Final = "apiServerAccessProfile"
_ZONE: Final = f"{_API}.privateDNSZone"
_DELEGATE: Final = "Microsoft.ContainerService/managedClusters"
_FEW: Final = 200
_MANY: Final = 2000


@rule("aks-private-dns-none", kind="static", code="NonePrivateDNSZonePublicFQDNDisabledError", reads=(_API,),
      source=f"{docs('private-clusters.md')}; {CODES}")  # fmt: skip
def private_dns_none(request: Request) -> Iterator[Fault]:
    """Without a zone the public name is the only one."""
    zone = request.known(_ZONE)
    if (
        isinstance(zone, str)
        and zone.lower() == "none"
        and request.at(f"{_API}.enablePrivateClusterPublicFQDN") is False
    ):
        yield Fault("privateDNSZone none needs enablePrivateClusterPublicFQDN", _ZONE,
                    "use privateDNSZone system, or leave the public name on")  # fmt: skip


@rule("aks-private-dns-mode", kind="static", code="InvalidPrivateDNSZoneMode", reads=(_API,),
      source=f"{docs('private-clusters.md')}; {CODES}")  # fmt: skip
def private_dns_mode(request: Request) -> Iterator[Fault]:
    """system, none, or the id of a zone; an empty text says nothing (Azure/AKS-Construction writes one)."""
    zone = request.known(_ZONE)
    if isinstance(zone, str) and zone.lower() not in ("", "system", "none") and not looks_like_id(zone):
        yield Fault(f"privateDNSZone '{zone}' is neither system nor none nor the id of a private DNS zone", _ZONE,
                    "write system, none, or the id of the zone")  # fmt: skip


@rule("aks-private-dns-zone-name", kind="static", code="InvalidPrivateDNSZoneResourceID", quoted=True,
      source=f"{issue('MicrosoftDocs/azure-docs#106092, #104092')}; {docs('private-clusters.md')}",
      reads=(_API, "location"))  # fmt: skip
def private_dns_zone_name(request: Request) -> Iterator[Fault]:
    """The zone is called for the region, spelled out, with at most one label before."""
    zone, region = request.known(_ZONE), request.location
    if not looks_like_id(zone) or not region:
        return
    allowed = rf"^([a-zA-Z0-9-]{{1,32}}\.)?(private|privatelink)\.{re.escape(region)}\.azmk8s\.(io|us|cn)$"
    if re.match(allowed, name_of(zone), re.IGNORECASE) is None:
        names = f"private.{region}.azmk8s.io, privatelink.{region}.azmk8s.io"
        below = f"[a-zA-Z0-9-]{{1,32}}.private.{region}.azmk8s.io, [a-zA-Z0-9-]{{1,32}}.privatelink.{region}.azmk8s.io"
        yield Fault(
            f"Invalid private dns zone resource id '{zone}' for private cluster. It should be a valid resource id and "
            f"the private dns zone name should be in either of these formats: '{names}, {below}'.",
            _ZONE, f"use a zone called privatelink.{region}.azmk8s.io",
        )  # fmt: skip


@rule("aks-fqdn-subdomain", kind="static", code="InvalidParameter", reads=(_API, "fqdnSubdomain"),
      source=f"{AZURERM}; code not confirmed")  # fmt: skip
def fqdn_subdomain(request: Request) -> Iterator[Fault]:
    """A name of one's own is for a private cluster with a zone of one's own."""
    if request.known("fqdnSubdomain") and not looks_like_id(request.known(_ZONE)):
        yield Fault("fqdnSubdomain needs the id of a private DNS zone in privateDNSZone", "fqdnSubdomain",
                    "use dnsPrefix, or name the zone")  # fmt: skip


@rule("aks-authorized-ranges", kind="static", reads=(_API,),
      source=f"{docs('api-server-authorized-ip-ranges.md')}; {docs('private-clusters.md')}")  # fmt: skip
def authorized_ranges(request: Request) -> Iterator[Fault]:
    """Ranges guard a public address, at most 200 of them, or 2,000 with the API server in one's own network."""
    ranges = request.at(f"{_API}.authorizedIPRanges")
    if not isinstance(ranges, list) or not ranges:
        return
    target = f"{_API}.authorizedIPRanges"
    most = _MANY if request.at(f"{_API}.enableVnetIntegration") is True else _FEW
    if request.at(f"{_API}.enablePrivateCluster") is True:
        yield Fault("authorizedIPRanges don't go with a private cluster", target, "leave them out")
    if len(ranges) > most:
        yield Fault(f"{len(ranges)} authorizedIPRanges, and {most} are allowed", target)
    for each in ranges:
        if isinstance(each, str) and not _is_range(each):
            yield Fault(f"'{each}' among authorizedIPRanges is no range", target, "write 203.0.113.0/24, for example")


@rule("aks-authorized-ranges-none", kind="static", code="InvalidParameter", quoted=True, reads=(_API,),
      source=f"{issue('Azure/terraform-azurerm-aks#378')}; {docs('api-server-authorized-ip-ranges.md')}")  # fmt: skip
def authorized_ranges_none(request: Request) -> Iterator[Fault]:
    """0.0.0.0/32 lets in the nodes alone, and so nobody beside them."""
    ranges = request.known(f"{_API}.authorizedIPRanges")
    if isinstance(ranges, list) and "0.0.0.0/32" in ranges and len(ranges) > 1:
        yield Fault(
            "Setting apiServerAuthorizedIPRange to 0.0.0.0/32 is not allowed with other IP ranges. Refer to "
            "https://aka.ms/aks/auth-ip-ranges for more details",
            f"{_API}.authorizedIPRanges", "leave 0.0.0.0/32 out, or the other ranges",
        )  # fmt: skip


def _is_range(text: str) -> bool:
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True


@rule("aks-api-server-subnet", kind="cross-resource", code="ApiserverSubnetConfigError", reads=(f"{_API}.subnetId",),
      source=f"{docs('api-server-vnet-integration.md')}; {CODES}")  # fmt: skip
def api_server_subnet(request: Request) -> Iterator[Fault]:
    """A subnet for the API server alone: at least a /28, delegated to AKS, beside the nodes' one in their network."""
    mine = request.known(f"{_API}.subnetId")
    target = f"{_API}.subnetId"
    body = subnet(mine, request.world)
    for each in subnet_ranges(body) if body is not None else ():
        if each.version == 4 and each.prefixlen > 28:
            yield Fault(f"the API server's subnet {each} is smaller than a /28", target, "use a /28 or larger")
    delegations: Any = body.get("delegations", []) if body is not None else UNKNOWN
    names = [at(each, "serviceName") for each in delegations] if isinstance(delegations, list) else [UNKNOWN]
    if UNKNOWN not in names and not any(str(name).lower() == _DELEGATE.lower() for name in names):
        yield Fault(f"the API server's subnet is not delegated to {_DELEGATE}", target, f"delegate it to {_DELEGATE}")
    for pool in pools_of(request):
        theirs = pool.known("vnetSubnetID")
        if not isinstance(mine, str) or not isinstance(theirs, str):
            continue
        if key(mine) == key(theirs):
            yield Fault("the API server's subnet is that of a pool", target, "use a subnet of its own")
        elif _network(mine) != _network(theirs):
            yield Fault("the API server's subnet lies in another network than the nodes", target,
                        "use a subnet of the same virtual network")  # fmt: skip


def _network(subnet_id: str) -> str:
    return key(next(parents(subnet_id), subnet_id))


@rule("aks-vnet-integration-subnet", kind="static", reads=(_API, "agentPoolProfiles"),
      source=issue("pulumi/pulumi-azure-native#4348"))  # fmt: skip
def vnet_integration_subnet(request: Request) -> Iterator[Fault]:
    """In a network of one's own the API server needs a subnet of one's own."""
    integrated = request.known(f"{_API}.enableVnetIntegration") is True
    own = any(pool.known("vnetSubnetID") is not None for pool in pools_of(request))
    if integrated and own and request.at(f"{_API}.subnetId") is None:
        yield Fault("apiServerAccessProfile.subnetId should not be empty when using custom vnet with "
                    "apiserverVnetIntegration", f"{_API}.subnetId", "name a subnet for the API server")  # fmt: skip


API_SERVER_RULES = (
    private_dns_none, private_dns_mode, private_dns_zone_name, fqdn_subdomain, authorized_ranges,
    authorized_ranges_none, api_server_subnet, vnet_integration_subnet,
)  # fmt: skip
