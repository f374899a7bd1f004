"""COST-007: nodes without GPUs come and go by themselves, within bounds."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Category, Context, Rule, Severity, Verdict
from policies.rules._faults import changing
from policies.rules.aks._pools import INLINE, alone, has_gpus, inline, pool_properties, pools
from policies.types import AGENT_POOL, CLUSTER
from policies.view import Judged, View, guarded


def check(view: View, context: Context) -> Judged:
    """Pools scale by themselves, to a cap, and those for workloads to few nodes when nobody asks."""
    for pool in pools(view, context):
        yield from guarded(_bounds(pool, context))


def _bounds(pool: View, context: Context) -> Judged:
    if has_gpus(pool):
        return
    parameters = context.profile.parameters
    yield from pool.must_be("enableAutoScaling", True)
    yield from pool.must_be_between("maxCount", None, parameters.pool_nodes, "the most that may run (pool_nodes)")
    if pool.word("mode", absent="User") != "system":
        few = parameters.idle_nodes
        yield from pool.must_be_between("minCount", 0, few, "the nodes that run while nobody asks (idle_nodes)")


def _pool(**changed: Any) -> dict[str, Any]:
    pool = {"vmSize": "Standard_D8ds_v5", "enableAutoScaling": True, "minCount": 1, "maxCount": 6, **changed}
    return {"name": "cpu", **{key: value for key, value in pool.items() if value is not None}}


def _without_gpus(pool: View) -> bool:
    return pool.has("vmSize") and not has_gpus(pool)


def _has_user_pools(cluster: View) -> bool:
    return any(pool.word("mode", absent="user") == "user" for pool in cluster.each("agentPoolProfiles"))


_SYSTEM: Final = _pool(mode="System", minCount=3)
_CAPS: Final = {"pool_nodes": 6, "idle_nodes": 1}
_API: Final = "AgentPool, Microsoft.ContainerService 2025-09-01"

RULE = Rule(
    id="COST-007",
    title="Nodes without GPUs come and go by themselves, within bounds",
    severity=Severity.MEDIUM,
    category=Category.COST,
    types=(AGENT_POOL, CLUSTER),
    controls=("itsg33/SA-2", "itsg33/SC-6"),
    equivalents={"psrule": ("Azure.AKS.AutoScaling", "AZR-000019")},
    parameters=("pool_nodes", "idle_nodes"),
    why="A pool of fixed size is paid at night and full at noon; one without a cap grows with every mistake in a loop.",
    fix="Set enableAutoScaling true, minCount and maxCount within the parameters idle_nodes and pool_nodes (settings: "
    "cluster.pools).",
    link="https://learn.microsoft.com/azure/aks/cluster-autoscaler",
    properties=(
        *pool_properties("enableAutoScaling", False, Verdict.FAIL, f"{_API}: off unless it is true (not re-read)"),
        *pool_properties("maxCount", ABSENT, Verdict.FAIL, f"{_API}: needed with autoscaling (not re-read)"),
        *pool_properties("minCount", ABSENT, Verdict.FAIL, f"{_API}: needed with autoscaling (not re-read)"),
    ),
    check=check,
    good=(
        alone(_pool(), parameters=_CAPS),
        inline(_SYSTEM, _pool(minCount=0), parameters=_CAPS),
        alone(_pool(vmSize="Standard_NC24ads_A100_v4", enableAutoScaling=None), title="has GPUs"),
    ),
    bad=(
        alone(_pool(enableAutoScaling=False), parameters=_CAPS),
        alone(_pool(maxCount=7), parameters=_CAPS),
        alone(_pool(minCount=2), parameters=_CAPS),
        inline(_SYSTEM, _pool(minCount=2), parameters=_CAPS),
        inline({**_SYSTEM, "maxCount": 7}, parameters=_CAPS),
        alone(_pool(minCount=1, maxCount=2), environment="dev"),
    ),
    breaks=(
        changing("a fixed number", ("enableAutoScaling", False), where=_without_gpus),
        changing("no end", ("maxCount", 1000), where=_without_gpus),
        changing("many nodes while nobody asks", ("minCount", 1000), where=_without_gpus),
        changing("inline, no end", (f"{INLINE}.maxCount", 1000)),
        changing("inline, a fixed number", (f"{INLINE}.enableAutoScaling", False)),
        changing("inline, many nodes while nobody asks", (f"{INLINE}.minCount", 1000), where=_has_user_pools),
    ),
)
