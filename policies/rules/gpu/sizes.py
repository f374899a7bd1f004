"""GPU-003: GPUs are of sizes that the environment may use, and are cut only where they can be."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Category, Context, Rule, Severity, Verdict
from policies.rules.aks._pools import alone, has_gpus, inline, known_size, pool_faults, pool_properties, pools
from policies.types import AGENT_POOL, CLUSTER
from policies.values import joined
from policies.view import Doubt, Fault, Judged, View, guarded


def check(view: View, context: Context) -> Judged:
    """The size is in the list of the environment; a MIG profile is on a size whose GPUs have MIG."""
    allowed = frozenset(size.lower() for size in context.profile.parameters.gpu_sizes)
    for pool in pools(view, context):
        yield from guarded(_size(pool, allowed))
        yield from guarded(_cut(pool))


def _size(pool: View, allowed: frozenset[str]) -> Judged:
    if has_gpus(pool) and pool.word("vmSize") not in allowed:
        yield Fault(joined(pool.path, "vmSize"), "is no size with GPUs that this environment may use (gpu_sizes)")


def _cut(pool: View) -> Judged:
    if not pool.text("gpuInstanceProfile"):
        return
    size = known_size(pool.word("vmSize"))
    if size is None or size.mig_capable is None:
        yield Doubt(joined(pool.path, "gpuInstanceProfile"), "is on a size of which nobody says whether it has MIG")
    elif not size.mig_capable:
        yield Fault(joined(pool.path, "gpuInstanceProfile"), f"must not be set: a {size.gpu_model} has no MIG")


def _pool(size: str, mig: str | None = None) -> dict[str, Any]:
    return {"name": "gpu", "vmSize": size, **({} if mig is None else {"gpuInstanceProfile": mig})}


def _cuttable(pool: View) -> bool:
    return has_gpus(pool) and not pool.has("gpuInstanceProfile")


_A100: Final = "Standard_NC24ads_A100_v4"
_T4: Final = "Standard_NC8as_T4_v3"
_API: Final = "AgentPool, Microsoft.ContainerService 2025-09-01"

RULE = Rule(
    id="GPU-003",
    severity=Severity.HIGH,
    category=Category.COST,
    controls=("itsg33/CM-7", "itsg33/SA-4", "mcsb/AM-2"),
    title="GPUs are of sizes that the environment may use",
    types=(AGENT_POOL, CLUSTER),
    parameters=("gpu_sizes",),
    why=(
        "From one size to the next the price of a node grows eightfold, and Azure's quota for it is not ours; a MIG "
        "profile on a GPU without MIG leaves a pool that no pod can use."
    ),
    fix="Choose a vmSize of the parameter gpu_sizes; leave gpuInstanceProfile out but for A100, H100 and H200 "
    "(settings: cluster.gpu_pools).",
    link="https://learn.microsoft.com/azure/virtual-machines/sizes/overview#gpu-accelerated",
    properties=(
        *pool_properties("vmSize", ABSENT, Verdict.UNKNOWN, f"{_API}: AKS chooses one (not re-read)"),
        *pool_properties("gpuInstanceProfile", ABSENT, Verdict.PASS, f"{_API}: whole GPUs (not re-read)"),
    ),
    check=check,
    good=(
        alone(_pool(_A100, "MIG3g")),
        alone(_pool("standard_nc8as_t4_v3")),
        inline(_pool("Standard_D8ds_v5"), _pool(_A100, "MIG1g")),
        inline(_pool("Standard_D8ds_v5"), _pool(_T4)),
        alone(_pool("Standard_E64ds_v5"), title="no GPU"),
    ),
    bad=(
        alone(_pool("Standard_ND96isr_MI300X_v5")),
        alone(_pool(_A100), environment="dev"),
        alone(_pool(_T4, "MIG1g")),
        inline(_pool("Standard_D8ds_v5"), _pool("Standard_ND96isr_H200_v5")),
    ),
    breaks=(
        *pool_faults("a size that costs more", "vmSize", "Standard_ND96isr_H200_v5", where=has_gpus),
        *pool_faults("a size of no list", "vmSize", "Standard_NC9999_v9", where=_cuttable),
        *pool_faults(
            "MIG where there is none",
            "gpuInstanceProfile",
            "MIG1g",
            where=lambda pool: pool.word("vmSize", absent="") == _T4.lower(),
        ),
    ),
)
