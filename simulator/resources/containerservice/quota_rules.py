"""What AKS refuses because the subscription has too few vCPUs: of a family, of a region, or of spare capacity.

Counts the pools of every cluster that is known here. Does not count machines that others run: the facts of the
subscription say what is granted, not what is used.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from facts.vm_quota import vm_quota
from simulator.ids import key, parents
from simulator.model import Request, normal_location
from simulator.resources.containerservice.pool import POOL_TYPE, declared, pools_of
from simulator.rule import Fault, Rule, rule
from simulator.subscription import subscription
from simulator.values import UNKNOWN

_CLUSTER: Final = POOL_TYPE.rpartition("/")[0]
_CODE: Final = "ErrCode_InsufficientVCPUQuota"
# The names of two quotas in `az vm list-usage`: all families of a region together, and spare capacity.
_REGION: Final = "cores"
_SPOT: Final = "lowPriorityCores"
_ADVICE: Final = (
    " If you want to increase the quota, please follow this instruction: "
    "https://learn.microsoft.com/en-us/azure/quotas/view-quotas. Surge nodes would also consume vcpu quota, please "
    "consider use smaller maxSurge or use maxUnavailable to proceed upgrade without surge nodes, details: "
    "aka.ms/aks/maxUnavailable."
)
_FIX: Final = "ask for more quota, use a smaller or another size, or fewer nodes"


def _nodes(pool: Mapping[str, Any]) -> int:
    """The machines with which a pool begins; 0 where that is not known, which refuses nothing."""
    count, least = pool.get("count"), pool.get("minCount")
    if count is None:
        count = 1 if pool.get("enableAutoScaling") is not True else least
    return count if isinstance(count, int) and not isinstance(count, bool) else 0


def _cores(pool: Mapping[str, Any], nodes: int) -> tuple[str, int]:
    """The quota that a pool draws on and how many vCPUs its nodes have; nothing for a size that is not known."""
    size = pool.get("vmSize")
    known = vm_quota(size) if isinstance(size, str) else None
    if known is None or pool.get("scaleSetPriority") is UNKNOWN:
        return "", 0
    return _SPOT if pool.get("scaleSetPriority") == "Spot" else known.family, nodes * known.vcpus


def _wanted(request: Request) -> dict[str, tuple[int, str]]:
    """What a request adds, by quota, and the size to blame: new pools, and nodes that a pool gets by hand."""
    found: dict[str, tuple[int, str]] = {}
    for pool in pools_of(request):
        nodes = _nodes(pool.fields)
        if pool.before is not None:
            nodes = 0 if pool.known("enableAutoScaling") is True else max(0, nodes - _nodes(pool.before))
        quota, cores = _cores(pool.fields, nodes)
        if cores:
            before, target = found.get(quota, (0, "agentPoolProfiles" if pool.prefix else "vmSize"))
            found[quota] = (before + cores, target)
    return found


def _there(request: Request, region: str) -> Iterator[Mapping[str, Any]]:
    """Every pool that runs in a region."""
    clusters = {cluster.key: cluster for cluster in request.world.of_type(_CLUSTER)}
    here = {found for found, cluster in clusters.items() if _region(cluster.body) == region}
    for found in here:
        yield from declared(clusters[found].body)
    for record in request.world.of_type(POOL_TYPE):
        if key(next(parents(record.id))) in here:
            yield record.body


def _region(cluster: Mapping[str, Any]) -> str:
    location = cluster.get("location")
    return normal_location(location) if isinstance(location, str) else ""


@rule(
    "aks-vcpu-quota", kind="state", code=_CODE, quoted=True,
    source="1ChristianAlex/motordesk#14, and the same words in logs of other repositories (checked 2026-11-25)",
)  # fmt: skip
def quota_suffices(request: Request) -> Iterator[Fault]:
    """The vCPUs that a request adds are left, of the family and of the region."""
    wanted = _wanted(request)
    region = next((pool.location for pool in pools_of(request)), "")
    if not wanted or not subscription().quotas.get(region):
        return
    used: Counter[str] = Counter()
    for pool in _there(request, region):
        quota, cores = _cores(pool, _nodes(pool))
        used[quota] += cores
    for quota, (cores, target) in wanted.items():
        left = _left(quota, region, used[quota])
        if left is not None and cores > left:
            text = (
                f"Insufficient vcpu quota requested {cores}, remaining {left} for family {quota} for region {region}."
            )
            yield Fault(text + _ADVICE, target, _FIX)
    regular = {quota: each for quota, each in wanted.items() if quota != _SPOT}
    together = sum(cores for cores, _ in regular.values())
    left = _left(_REGION, region, used.total() - used[_SPOT])
    if left is not None and together > left:
        text = f"Insufficient regional vcpu quota left for location {region}. left regional vcpu quota {left}, "
        target = next(target for _, target in regular.values())
        yield Fault(f"{text}requested quota {together}.{_ADVICE}", target, _FIX)


def _left(quota: str, region: str, used: int) -> int | None:
    granted = subscription().quota(quota, region)
    return None if granted is None else max(0, granted - used)


POOL_QUOTA_RULES: Final[tuple[Rule, ...]] = (quota_suffices,)
