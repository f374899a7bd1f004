"""AKS-021: a cluster's own pods have a pool for themselves that is large enough."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules._faults import changing
from policies.types import CLUSTER
from policies.view import Doubt, Fault, Judged, View, guarded

_POOLS: Final = "agentPoolProfiles"
_TAINT: Final = "criticaladdonsonly=true:noschedule"


def check(cluster: View, context: Context) -> Judged:
    """At least one system pool; each is tainted, large enough, a scale set, with its system on the node's own disk."""
    system = [pool for pool in cluster.each(_POOLS) if pool.word("mode", absent="") == "system"]
    if not system:
        yield Fault(_POOLS, "has no pool with the mode System")
    for pool in system:
        yield from guarded(_size(pool, context.profile.parameters.system_pool_nodes))
        yield from guarded(_reserved(pool))
        yield from pool.must_not_be("type", ("AvailabilitySet",), "which neither scales nor has zones")
        yield from guarded(_disk(pool))


def _size(pool: View, fewest: int) -> Judged:
    path = "minCount" if pool.flag("enableAutoScaling", absent=False) else "count"
    yield from pool.must_be_between(path, fewest, None)


def _reserved(pool: View) -> Judged:
    if _TAINT not in {taint.lower() for taint in pool.texts("nodeTaints")}:
        yield Fault(f"{pool.path}.nodeTaints", "must have CriticalAddonsOnly=true:NoSchedule")


def _disk(pool: View) -> Judged:
    if pool.has("osDiskType"):
        yield from pool.must_be("osDiskType", "Ephemeral")
    else:
        yield Doubt(f"{pool.path}.osDiskType", "is absent, and Azure decides by the size's cache")


def _pool(**changed: Any) -> dict[str, Any]:
    pool = {
        "name": "system",
        "mode": "System",
        "type": "VirtualMachineScaleSets",
        "enableAutoScaling": True,
        "minCount": 3,
        "count": 3,
        "osDiskType": "Ephemeral",
        "nodeTaints": ["CriticalAddonsOnly=true:NoSchedule"],
        **changed,
    }
    return {key: value for key, value in pool.items() if value is not None}


def _cluster(*pools: dict[str, Any], **options: Any) -> Example:
    return Example({_POOLS: list(pools)}, **options)


_SOURCE: Final = "ManagedClusterAgentPoolProfile, Microsoft.ContainerService 2025-09-01"

RULE = Rule(
    id="AKS-021",
    severity=Severity.MEDIUM,
    category=Category.RESILIENCE,
    controls=("itsg33/CP-2", "itsg33/SC-5", "gdpr/32(1)(b)", "popa/10"),
    equivalents={
        "checkov": ("CKV_AZURE_232",),
        "psrule": (
            "Azure.AKS.MinNodeCount",
            "AZR-000024",
        ),
        "azure_policy": ("e16d171b-bfe5-4d79-a525-19736b396e92",),
    },
    title="A cluster's own pods have a pool for themselves",
    types=(CLUSTER,),
    parameters=("system_pool_nodes",),
    why=(
        "When a workload takes the memory of the nodes that cluster DNS and admission run on, everything in the "
        "cluster fails with it; one node alone fails at every upgrade."
    ),
    fix="Give system pools the taint CriticalAddonsOnly=true:NoSchedule, osDiskType Ephemeral, type "
    "VirtualMachineScaleSets and enough nodes (minCount, or count without autoscaling) (settings: "
    "cluster.system_pool.min_count).",
    link="https://learn.microsoft.com/azure/aks/use-system-pools",
    properties=(
        Property(f"{_POOLS}[*].minCount", ABSENT, Verdict.FAIL, f"{_SOURCE}: needed with autoscaling (not re-read)"),
        Property(f"{_POOLS}[*].count", 1, Verdict.FAIL, f"{_SOURCE}: one node (not re-read)"),
        Property(f"{_POOLS}[*].nodeTaints", ABSENT, Verdict.FAIL, f"{_SOURCE}: no taint unless named (not re-read)"),
        Property(
            f"{_POOLS}[*].type",
            "VirtualMachineScaleSets",
            Verdict.PASS,
            f"{_SOURCE}: VirtualMachineScaleSets (not re-read)",
        ),
        Property(
            f"{_POOLS}[*].osDiskType",
            ABSENT,
            Verdict.UNKNOWN,
            f"{_SOURCE}: Ephemeral where the size has a large enough cache, else Managed",
        ),
    ),
    check=check,
    good=(
        _cluster(_pool(), {"name": "work", "mode": "User"}),
        _cluster(_pool(enableAutoScaling=False, minCount=None), title="without autoscaling"),
        _cluster(_pool(minCount=1), environment="dev"),
    ),
    bad=(
        _cluster({"name": "work", "mode": "User"}),
        _cluster(_pool(minCount=2)),
        _cluster(_pool(enableAutoScaling=False, minCount=None, count=2)),
        _cluster(_pool(), _pool(nodeTaints=["CriticalAddonsOnly=true:PreferNoSchedule"])),
        _cluster(_pool(osDiskType="Managed")),
        _cluster(_pool(type="AvailabilitySet")),
    ),
    breaks=(
        Break(_POOLS, [], companions=()),
        changing("no node stays", (f"{_POOLS}[*].minCount", 0), (f"{_POOLS}[*].count", 0)),
        changing("no taint", (f"{_POOLS}[*].nodeTaints", ABSENT)),
        changing("disks over the network", (f"{_POOLS}[*].osDiskType", "Managed")),
        changing("availability sets", (f"{_POOLS}[*].type", "AvailabilitySet")),
    ),
)
