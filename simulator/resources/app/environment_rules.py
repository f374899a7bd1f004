"""What Azure refuses about a Container Apps environment: its subnet, its profiles, its log destination."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.model import Request
from simulator.resources.network.addresses import ranges_of
from simulator.resources.network.delegation_rules import delegations_of
from simulator.rule import Fault, rule
from simulator.store import Record

_DOCS: Final = "learn.microsoft.com container-apps/networking (checked 2026-11-25; code not confirmed)"
_SERVICE: Final = "Microsoft.App/environments"
_SUBNET: Final = "vnetConfiguration.infrastructureSubnetId"
_LONGEST: Final = {True: 27, False: 23}


def _has_profiles(request: Request) -> bool:
    """Whether it is an environment of the newer kind."""
    return bool(request.known("workloadProfiles"))


def _subnet(request: Request) -> Record | None:
    subnet_id = request.known(_SUBNET)
    return request.world.get(subnet_id) if isinstance(subnet_id, str) else None


@rule("aca-subnet-size", kind="cross-resource", source=_DOCS, reads=(_SUBNET, "workloadProfiles"))
def subnet_size(request: Request) -> Iterator[Fault]:
    """With workload profiles a /27, without them a /23."""
    subnet, longest = _subnet(request), _LONGEST[_has_profiles(request)]
    for network in ranges_of(subnet.body) if subnet is not None else ():
        if network.version == 4 and network.prefixlen > longest:
            yield Fault(
                f"subnet {subnet.id if subnet else ''} is {network}; the environment needs a /{longest} or larger",
                _SUBNET,
                f"give the subnet a prefix length of {longest} or less",
            )


@rule("aca-subnet-delegation", kind="cross-resource", source=_DOCS, reads=(_SUBNET, "workloadProfiles"))
def subnet_delegation(request: Request) -> Iterator[Fault]:
    """With workload profiles the subnet is handed over; without them it must not be."""
    subnet = _subnet(request)
    listed = delegations_of(subnet.body) if subnet is not None else None
    if listed is None:
        return
    handed_over = any(service.lower() == _SERVICE.lower() for _, service in listed)
    if _has_profiles(request) and not handed_over:
        yield Fault(f"the subnet is not delegated to {_SERVICE}", _SUBNET, f"delegate it to {_SERVICE}")
    if not _has_profiles(request) and listed:
        yield Fault("an environment without workload profiles takes a subnet without delegation", _SUBNET)


@rule("aca-internal-needs-subnet", kind="static", source=_DOCS, reads=("vnetConfiguration.internal",))
def internal_has_subnet(request: Request) -> Iterator[Fault]:
    """An internal environment lies in a network."""
    if request.known("vnetConfiguration.internal") is True and request.at(_SUBNET) is None:
        yield Fault("an internal environment needs infrastructureSubnetId", _SUBNET, "name a subnet of the network")


@rule("aca-zones-need-subnet", kind="static", source="learn.microsoft.com reliability-container-apps (2026-11-25)")
def zones_have_subnet(request: Request) -> Iterator[Fault]:
    """Zone redundancy needs a network of one's own."""
    if request.known("zoneRedundant") is True and request.at(_SUBNET) is None:
        yield Fault("zoneRedundant needs infrastructureSubnetId", "zoneRedundant", "name a subnet, or leave it out")


@rule("aca-consumption-profile-counts", kind="static", source="hashicorp/terraform-provider-azurerm#23738")
def consumption_has_no_counts(request: Request) -> Iterator[Fault]:
    """The profile Consumption has no machines to count."""
    for index, profile in enumerate(request.known("workloadProfiles") or ()):
        if not isinstance(profile, Mapping) or profile.get("workloadProfileType") != "Consumption":
            continue
        for member in ("minimumCount", "maximumCount"):
            if profile.get(member) is not None:
                yield Fault(
                    f"the profile Consumption has no {member}",
                    f"workloadProfiles.{index}.{member}",
                    f"leave {member} out",
                )


@rule("aca-logs-to-analytics-need-key", kind="static", reads=("appLogsConfiguration.destination",), source=_DOCS)
def analytics_has_key(request: Request) -> Iterator[Fault]:
    """The destination log-analytics needs the workspace's key; azure-monitor uses diagnostic settings."""
    configuration: Any = request.at("appLogsConfiguration.logAnalyticsConfiguration")
    if request.known("appLogsConfiguration.destination") == "log-analytics" and configuration is None:
        yield Fault(
            "the destination log-analytics needs logAnalyticsConfiguration",
            "appLogsConfiguration",
            "use azure-monitor and a diagnostic setting, or give the workspace's id and key",
        )


RULES: Final = (
    subnet_size,
    subnet_delegation,
    internal_has_subnet,
    zones_have_subnet,
    consumption_has_no_counts,
    analytics_has_key,
)
