"""GPU-004: GPUs are paid at full price only where somebody waits for the answer."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import Category, Context, Rule, Severity, Verdict
from policies.rules.aks._pools import alone, has_gpus, inline, pool_faults, pool_properties, pools
from policies.types import AGENT_POOL, CLUSTER
from policies.values import joined
from policies.view import Fault, Judged, View, guarded


def check(view: View, context: Context) -> Judged:
    """Spot where the environment demands it, given back when evicted; never spot where nodes always run."""
    for pool in pools(view, context):
        yield from guarded(_price(pool, context.profile.parameters.gpu_on_demand))


def _price(pool: View, on_demand: bool) -> Judged:
    if not has_gpus(pool):
        return
    if pool.word("scaleSetPriority") != "spot":
        if not on_demand:
            yield from pool.must_be("scaleSetPriority", "Spot", "nobody waits for this environment (gpu_on_demand)")
        return
    yield from pool.must_be("scaleSetEvictionPolicy", "Delete", "a stopped node keeps its quota and its disks")
    if pool.number("minCount", absent=0):
        yield Fault(joined(pool.path, "scaleSetPriority"), "must not be Spot where nodes always run: Azure takes them")


def _pool(priority: str | None, eviction: str | None = None, **more: Any) -> dict[str, Any]:
    pool = {
        "name": "gpu",
        "vmSize": "Standard_NC8as_T4_v3",
        "scaleSetPriority": priority,
        "scaleSetEvictionPolicy": eviction,
        **more,
    }
    return {key: value for key, value in pool.items() if value is not None}


def _is_spot(pool: View) -> bool:
    return pool.word("scaleSetPriority", absent="") == "spot"


_API: Final = "AgentPool, Microsoft.ContainerService 2025-09-01"

RULE = Rule(
    id="GPU-004",
    severity=Severity.MEDIUM,
    category=Category.COST,
    controls=("itsg33/SA-2",),
    equivalents={"psrule": ("Azure.AKS.MinUserPoolNodes",)},
    title="GPUs are paid at full price only where somebody waits",
    types=(AGENT_POOL, CLUSTER),
    parameters=("gpu_on_demand",),
    why=(
        "Spare capacity costs a part of the price, and jobs with checkpoints lose minutes when Azure takes it back; "
        "a model that answers people goes down with it."
    ),
    fix="For training and dev set scaleSetPriority to Spot, scaleSetEvictionPolicy to Delete and minCount to 0; for "
    "serving leave scaleSetPriority Regular (settings: cluster.gpu_pools).",
    link="https://learn.microsoft.com/azure/aks/spot-node-pool",
    properties=(
        *pool_properties("scaleSetPriority", "Regular", Verdict.FAIL, f"{_API}: if not specified, Regular"),
        *pool_properties("scaleSetEvictionPolicy", "Delete", Verdict.PASS, f"{_API}: if not specified, Delete"),
    ),
    check=check,
    good=(
        alone(_pool("Regular", minCount=2)),
        alone(_pool("Spot", "Delete", minCount=0), environment="dev"),
        inline({"name": "cpu", "vmSize": "Standard_D8ds_v5"}, _pool("Spot", "Delete"), environment="dev"),
        inline({"name": "cpu", "vmSize": "Standard_D8ds_v5"}, _pool("Regular", minCount=1)),
    ),
    bad=(
        alone(_pool("Regular"), environment="dev"),
        alone(_pool("Spot", "Deallocate")),
        alone(_pool("spot", "Delete", minCount=1)),
        inline({"name": "cpu", "vmSize": "Standard_D8ds_v5"}, _pool(None), environment="dev"),
    ),
    breaks=(
        *pool_faults("stopped and kept", "scaleSetEvictionPolicy", "Deallocate", where=_is_spot),
        *pool_faults("nodes that Azure takes", "minCount", 1, where=_is_spot),
        *pool_faults(
            "spot where nodes always run",
            "scaleSetPriority",
            "Spot",
            where=lambda pool: has_gpus(pool) and bool(pool.number("minCount", absent=0)),
        ),
    ),
)
