"""What AKS refuses because of the subscription: VM sizes and zones that it may not use, features not registered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from facts.regions import regions
from simulator.ids import key
from simulator.model import Request, normal_location
from simulator.resources.containerservice import docs
from simulator.resources.containerservice.pool import POOL_TYPE, Pool, pools_of
from simulator.resources.containerservice.quota_rules import POOL_QUOTA_RULES
from simulator.rule import Fault, Rule, rule
from simulator.subscription import subscription
from simulator.values import UNKNOWN

_CLUSTER: Final = POOL_TYPE.rpartition("/")[0]
# The limit's name in `subscription.yaml`: clusters in each region.
_CLUSTERS: Final = "aks_clusters"
_DEFENDER: Final = "Microsoft.ContainerService/AKS-AzureDefender"


def _new_pools(request: Request) -> Iterator[tuple[Pool, str]]:
    """The pools that would be made, with their size: what runs already keeps running."""
    for pool in pools_of(request):
        size = pool.known("vmSize")
        if pool.before is None and isinstance(size, str) and pool.location:
            yield pool, size


@rule("aks-size-allowed", kind="state", source="dotnet/core#8000", quoted=True)
def size_is_allowed(request: Request) -> Iterator[Fault]:
    """The subscription may use the VM size in the region."""
    for pool, size in _new_pools(request):
        if subscription().size_restriction(size, pool.location) is not None:
            yield Fault(
                f"The VM size of AgentPoolProfile:{pool.name} is not allowed in your subscription in location "
                f"'{pool.location}'.  For more details, please visit https://aka.ms/aks/quotas-skus-regions",
                f"{pool.prefix}vmSize",
                f"use another size than {size} or another region, or ask support to lift the restriction",
            )


@rule(
    "aks-zones-of-size", kind="state", code="AvailabilityZoneNotSupported", source="MicrosoftDocs/azure-aks-docs#416",
    quoted=True,
)  # fmt: skip
def zones_are_open(request: Request) -> Iterator[Fault]:
    """The subscription may use the VM size in every zone of the pool."""
    for pool, size in _new_pools(request):
        closed = subscription().closed_zones(size, pool.location)
        wrong = [zone for zone in pool.listed("availabilityZones") if zone in closed]
        if wrong:
            region = regions().get(pool.location)
            left = [zone for zone in (region.zones if region is not None else ("1", "2", "3")) if zone not in closed]
            yield Fault(
                f"The zone(s) {', '.join(wrong)} for resource {pool.name} is not supported. The supported zones for "
                f"location {pool.location} are {', '.join(left) if left else '(empty)'}.",
                f"{pool.prefix}availabilityZones",
                f"leave out the zones in which the subscription may not use {size}, or use another size",
            )


@rule(
    "aks-defender-feature", kind="state", code="AzureDefenderFeatureFlagNotEnabled", source="Azure/AKS#2774",
    quoted=True,
)  # fmt: skip
def defender_is_registered(request: Request) -> Iterator[Fault]:
    """Defender needs its feature where the subscription is known not to have it."""
    enabled = request.at("securityProfile.defender.securityMonitoring.enabled")
    if enabled not in (None, UNKNOWN, False) and not subscription().feature_registered(_DEFENDER):
        yield Fault(
            f"AzureDefender installation is not allowed since feature '{_DEFENDER}' is not enabled. Please see "
            "https://aka.ms/aks/previews for how to enable features.",
            "securityProfile.defender",
            f"register the feature {_DEFENDER}, or leave Defender out",
        )


@rule(
    "aks-cluster-count", kind="state", code="ManagedClusterCountExceedsQuotaLimit", quoted=True,
    source=docs("quotas-skus-regions.md"), reads=("location",),
)  # fmt: skip
def clusters_are_within_the_quota(request: Request) -> Iterator[Fault]:
    """A subscription has so many clusters in one region at most."""
    limit, region = subscription().limit(_CLUSTERS), request.location
    there = [each for each in request.world.of_type(_CLUSTER) if each.key != key(request.id)]
    used = sum(normal_location(str(each.body.get("location"))) == region for each in there)
    if request.old is None and limit is not None and region and used + 1 > limit:
        yield Fault(
            f"Operation results in exceeding quota limits for managed clusters. Maximum allowed: {limit}, Current "
            f"usage: {used}, Additional requested: 1. Consider deleting unused clusters or requesting a quota "
            "increase. To request a quota increase, follow the instructions here: "
            "https://learn.microsoft.com/azure/quotas/quickstart-increase-quota-portal.",
            "location",
            f"use another region, or ask for more and write it into the subscription's limits ({_CLUSTERS})",
        )


POOL_STATE_RULES: Final[tuple[Rule, ...]] = (size_is_allowed, zones_are_open, *POOL_QUOTA_RULES)
CLUSTER_STATE_RULES: Final[tuple[Rule, ...]] = (
    clusters_are_within_the_quota, defender_is_registered, *POOL_STATE_RULES,
)  # fmt: skip
