"""GPU-002: GPUs that nobody uses are switched off, and their number has an end."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Category, Context, Rule, Severity, Verdict
from policies.rules.aks._pools import alone, has_gpus, inline, pool_faults, pool_properties, pools
from policies.types import AGENT_POOL, CLUSTER
from policies.view import Judged, View, guarded


def check(view: View, context: Context) -> Judged:
    """Pools with GPUs scale by themselves, to few nodes when nobody asks and to a cap, and give nodes back."""
    for pool in pools(view, context):
        yield from guarded(_bounds(pool, context))


def _bounds(pool: View, context: Context) -> Judged:
    if not has_gpus(pool):
        return
    parameters = context.profile.parameters
    yield from pool.must_be("enableAutoScaling", True)
    yield from pool.must_be_between("minCount", 0, parameters.gpu_idle_nodes, "the nodes that run while nobody asks")
    yield from pool.must_be_between("maxCount", None, parameters.gpu_pool_nodes, "the most that may run")
    yield from pool.must_be("scaleDownMode", "Delete", "stopped nodes keep their disks and their quota")


def _pool(**changed: Any) -> dict[str, Any]:
    pool = {
        "name": "a100",
        "vmSize": "Standard_NC24ads_A100_v4",
        "enableAutoScaling": True,
        "minCount": 0,
        "maxCount": 4,
        "scaleDownMode": "Delete",
        **changed,
    }
    return {key: value for key, value in pool.items() if value is not None}


_CPU: Final = {"name": "cpu", "vmSize": "Standard_D8ds_v5"}
_CAPS: Final = {"gpu_idle_nodes": 2, "gpu_pool_nodes": 4}
_API: Final = "AgentPool, Microsoft.ContainerService 2025-09-01"

_SEVERAL: Final = [{"size": "Standard_D8ds_v5", "count": 1}, {"size": "Standard_NC24ads_A100_v4", "count": 4}]

RULE = Rule(
    id="GPU-002",
    severity=Severity.HIGH,
    category=Category.COST,
    controls=("itsg33/SA-2", "itsg33/SC-6"),
    equivalents={
        "psrule": (
            "Azure.AKS.AutoScaling",
            "Azure.AKS.MinUserPoolNodes",
            "AZR-000019",
            "AZR-000412",
        )
    },
    title="GPUs that nobody uses are switched off, and their number has an end",
    types=(AGENT_POOL, CLUSTER),
    parameters=("gpu_idle_nodes", "gpu_pool_nodes"),
    why=(
        "One forgotten node with eight H100 costs more in a month than all other nodes of a cluster; without a cap "
        "one wrong number of pods orders a hundred."
    ),
    fix="Set enableAutoScaling true, minCount 0 (or what serving needs), maxCount within the cap of the environment, "
    "and scaleDownMode Delete (settings: cluster.gpu_pools).",
    link="https://learn.microsoft.com/azure/aks/cluster-autoscaler",
    properties=(
        *pool_properties("enableAutoScaling", False, Verdict.FAIL, f"{_API}: off unless it is true (not re-read)"),
        *pool_properties("minCount", ABSENT, Verdict.FAIL, f"{_API}: needed with autoscaling (not re-read)"),
        *pool_properties("maxCount", ABSENT, Verdict.FAIL, f"{_API}: needed with autoscaling (not re-read)"),
        *pool_properties("scaleDownMode", "Delete", Verdict.PASS, f"{_API}: if not specified, Delete"),
    ),
    check=check,
    good=(
        alone(_pool(), parameters=_CAPS),
        inline(_CPU, _pool(minCount=2), parameters=_CAPS),
        alone({**_CPU, "count": 40}, title="no GPU"),
        alone(_pool(maxCount=2), environment="dev"),
    ),
    bad=(
        alone({"type": "VirtualMachines", "virtualMachinesProfile": {"scale": {"manual": _SEVERAL}}}),
        alone(_pool(enableAutoScaling=False), parameters=_CAPS),
        alone(_pool(minCount=3), parameters=_CAPS),
        alone(_pool(minCount=1, maxCount=2), environment="dev"),
        alone(_pool(maxCount=5), parameters=_CAPS),
        alone(_pool(maxCount=None), parameters=_CAPS),
        inline(_CPU, _pool(scaleDownMode="Deallocate"), parameters=_CAPS),
    ),
    breaks=(
        *pool_faults("a fixed number", "enableAutoScaling", False, where=has_gpus),
        *pool_faults("no autoscaling", "enableAutoScaling", ABSENT, where=has_gpus),
        *pool_faults("many nodes while nobody asks", "minCount", 100, where=has_gpus, companions=("GPU-004",)),
        *pool_faults("no end", "maxCount", 1000, where=has_gpus),
        *pool_faults("stopped and kept", "scaleDownMode", "Deallocate", where=has_gpus),
    ),
)
