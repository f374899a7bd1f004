"""What Azure refuses about a private DNS zone: its name, its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simulator.ids import type_of
from simulator.model import Request
from simulator.rule import Fault, rule

# Azure's own domains; a zone below one of them, such as privatelink.blob.core.windows.net, is fine.
_RESERVED: Final = frozenset(
    {
        "azclient.ms", "azure.com", "azure-api.net", "cloudapp.net", "core.windows.net", "microsoft.com",
        "msidentity.com", "trafficmanager.net", "windows.net", "azclient.us", "azure.us", "usgovcloudapp.net",
        "core.usgovcloudapi.net", "microsoft.us", "msidentity.us", "usgovtrafficmanager.net", "usgovcloudapi.net",
        "azclient.cn", "azure.cn", "chinacloudapp.cn", "core.chinacloudapi.cn", "microsoft.cn", "msidentity.cn",
        "trafficmanager.cn", "chinacloudapi.cn",
    }
)  # fmt: skip


@rule(
    "pdns-reserved-zone", kind="static", quoted=True,
    source="MicrosoftDocs/azure-docs#102958; azure-docs:dns/private-dns-privatednszone.md (checked 2026-11-25)",
)  # fmt: skip
def free_name(request: Request) -> Iterator[Fault]:
    """A zone isn't one of Azure's own domains."""
    if request.name.lower() in _RESERVED:
        yield Fault(
            f"The Private DNS zone name '{request.name}' is not permitted as it is a reserved Azure infrastucture "
            "domain and creating such zones may have unintended consequences for DNS resolution for services deployed "
            "in your virtual networks. Refer "
            "https://docs.microsoft.com/en-us/azure/dns/private-dns-privatednszone#restrictions for more details.",
            "privateZoneName",
            "use a domain of your own, or the privatelink zone of the service",
        )


@rule(
    "pdns-two-labels", kind="static", quoted=True,
    source="crossplane-contrib/provider-upjet-azure#19, #88 (checked 2026-11-25)",
)  # fmt: skip
def two_labels(request: Request) -> Iterator[Fault]:
    """A zone, public or private, isn't a top-level domain."""
    if "." not in request.name.strip("."):
        yield Fault(
            f"The zone name '{request.name}' does not have enough labels. Zone names must have two or more labels.",
            "privateZoneName" if "privateDnsZones" in request.id else "zoneName",
            f"write the whole domain, such as {request.name}.internal; a name that is left out is made up without one",
        )


@rule(
    "pdns-location-is-global", kind="static", code="LocationNotAvailableForResourceType", reads=("location",),
    source="azure-docs:azure-resource-manager/troubleshooting/common-deployment-errors.md (checked 2026-11-25)",
)  # fmt: skip
def global_location(request: Request) -> Iterator[Fault]:
    """Zones and their links are nowhere in particular."""
    location = request.known("location")
    if isinstance(location, str) and request.location != "global":
        yield Fault(
            f"The provided location '{location}' is not available for resource type '{type_of(request.id)}'. List of "
            "available regions for the resource type is 'global'.",
            "location",
            "write location: global",
        )
