"""GPU-001: nothing but what asks for a GPU runs on nodes that have them."""

from __future__ import annotations

import re
from typing import Any, Final

from policies.rule import ABSENT, Category, Context, Rule, Severity, Verdict
from policies.rules.aks._pools import alone, has_gpus, inline, pool_faults, pool_properties, pools
from policies.types import AGENT_POOL, CLUSTER
from policies.view import Fault, Judged, View, guarded

_TAINT: Final = re.compile(r"((nvidia|amd)\.com/gpu(=[^:]*)?|sku=gpu):(NoSchedule|NoExecute)", re.IGNORECASE)
_LABEL: Final = "nodeLabels.accelerator"


def check(view: View, context: Context) -> Judged:
    """Every pool with GPUs is a user pool with a taint, and a label to select it by."""
    for pool in pools(view, context):
        yield from guarded(_pool_of_gpus(pool))


def _pool_of_gpus(pool: View) -> Judged:
    if not has_gpus(pool):
        return
    yield from pool.must_be("mode", "User", "the cluster's own pods need no GPU")
    yield from pool.must_be_set(_LABEL, "so that work can select the model of GPU")
    if not any(_TAINT.fullmatch(taint) for taint in pool.texts("nodeTaints")):
        yield Fault(pool.path + ".nodeTaints" if pool.path else "nodeTaints", "must have nvidia.com/gpu:NoSchedule")


def _pool(**changed: Any) -> dict[str, Any]:
    pool = {
        "name": "a100",
        "vmSize": "Standard_NC24ads_A100_v4",
        "mode": "User",
        "nodeTaints": ["team=own:NoSchedule", "nvidia.com/gpu=present:NoSchedule"],
        "nodeLabels": {"accelerator": "nvidia"},
        **changed,
    }
    return {key: value for key, value in pool.items() if value is not None}


_CPU: Final = {"name": "cpu", "vmSize": "Standard_D8ds_v5", "mode": "System"}
_API: Final = "AgentPool, Microsoft.ContainerService 2025-09-01"

RULE = Rule(
    id="GPU-001",
    severity=Severity.HIGH,
    category=Category.COST,
    controls=("itsg33/CM-6", "itsg33/SC-6"),
    title="Nothing but work for GPUs runs on nodes that have them",
    types=(AGENT_POOL, CLUSTER),
    why=(
        "A node with GPUs costs ten times one without. Without a taint any pod lands there and keeps it from being "
        "switched off; without a label a job gets whichever model is free."
    ),
    fix="Set mode User, the taint nvidia.com/gpu=present:NoSchedule (or sku=gpu:NoSchedule) and a label accelerator.",
    link="https://learn.microsoft.com/azure/aks/use-nvidia-gpu",
    properties=(
        *pool_properties("mode", "User", Verdict.PASS, f"{_API}: User (not re-read)"),
        *pool_properties("nodeTaints", ABSENT, Verdict.FAIL, f"{_API}: no taint unless named (not re-read)"),
        *pool_properties(
            _LABEL, ABSENT, Verdict.FAIL, f"{_API}: no label unless named (not re-read)", unknown=Verdict.PASS
        ),
    ),
    check=check,
    good=(
        alone(_pool()),
        inline(_CPU, _pool(nodeTaints=["sku=gpu:NoSchedule"])),
        alone(_pool(vmSize="Standard_D8ds_v5", nodeTaints=None, nodeLabels=None), title="no GPU"),
    ),
    bad=(
        alone(_pool(mode="System")),
        alone(_pool(nodeTaints=["nvidia.com/gpu=present:PreferNoSchedule"])),
        alone(_pool(nodeTaints=None)),
        inline(_CPU, _pool(nodeLabels={"team": "own"})),
        alone(_pool(vmSize="standard_nc12s_v9", nodeTaints=[]), title="a size that our facts don't have"),
    ),
    breaks=(
        *pool_faults("a system pool", "mode", "System", where=has_gpus),
        *pool_faults("no taint", "nodeTaints", [], where=has_gpus),
        *pool_faults("a taint that stops nothing", "nodeTaints", ["nvidia.com/gpu=x:PreferNoSchedule"], where=has_gpus),
        *pool_faults("no label", _LABEL, ABSENT, where=has_gpus),
    ),
)
