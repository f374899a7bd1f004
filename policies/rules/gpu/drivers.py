"""GPU-005: exactly one of AKS and the GPU operator installs the driver of a node."""

from __future__ import annotations

from typing import Any, Final

from policies.resource import Resource, Stack
from policies.rule import Category, Context, Rule, Scope, Severity, Verdict
from policies.rules._faults import without
from policies.rules.aks._pools import alone, has_gpus, inline, pool_faults, pool_properties, pools
from policies.types import AGENT_POOL, CLUSTER, FLUX_RELEASE, HELM_RELEASE, NAMESPACE
from policies.values import joined
from policies.view import Doubt, Fault, Judged, View, guarded

_DRIVER: Final = "gpuProfile.driver"
# The operator leaves nodes with this label alone: NVIDIA/gpu-operator, docs of "pre-installed drivers".
_LABEL: Final = "nodeLabels[nvidia.com/gpu.deploy.driver]"


def check(view: View, context: Context) -> Judged:
    """AKS installs and the operator keeps away, or AKS does not and the operator does."""
    for pool in pools(view, context):
        yield from guarded(_owner(pool, context.stack))


def _owner(pool: View, stack: Stack) -> Judged:
    if not has_gpus(pool):
        return
    path = joined(pool.path, _DRIVER)
    kept_away = pool.word(_LABEL, absent="") == "false"
    operator = any(_installs(release) for release in operators(stack)) and not kept_away
    installs = pool.word(_DRIVER) != "none"
    if installs and operator:
        yield Fault(path, "is Install, and the GPU operator installs one too; label the nodes to keep it away")
    elif not installs and not operator and not any(each.startswith("kubernetes:") for each in stack.types):
        yield Doubt(path, "is None, and nothing here says what the cluster installs")
    elif not installs and not operator:
        yield Fault(path, "is None, and no GPU operator installs one on these nodes")


def operators(stack: Stack) -> list[Resource]:
    """The releases of the GPU operator's chart."""
    found = [one for one in stack.of(FLUX_RELEASE) if one.view().text("spec.chart.spec.chart", absent="") == _CHART]
    return found + [
        one for one in stack.of(HELM_RELEASE) if one.view().text("chart", absent="").rpartition("/")[2] == _CHART
    ]


_CHART: Final = "gpu-operator"


def _installs(release: Resource) -> bool:
    values = "spec.values" if release.type == FLUX_RELEASE else "values"
    return release.view().flag(f"{values}.driver.enabled", absent=True) is not False


def _release(enabled: bool) -> Resource:
    spec = {"chart": {"spec": {"chart": _CHART}}, "values": {"driver": {"enabled": enabled}}}
    return Resource(type=FLUX_RELEASE, name="operator", properties={"spec": spec})


_OTHER: Final = (Resource(type=NAMESPACE, name="team"),)
_OPERATOR: Final = (_release(True), *_OTHER)
_NO_DRIVERS: Final = (_release(False), *_OTHER)


def _pool(driver: str | None, label: str | None = None) -> dict[str, Any]:
    pool: dict[str, Any] = {"name": "gpu", "vmSize": "Standard_NC24ads_A100_v4"}
    if driver is not None:
        pool["gpuProfile"] = {"driver": driver}
    if label is not None:
        pool["nodeLabels"] = {"nvidia.com/gpu.deploy.driver": label}
    return pool


def _by_aks(pool: View) -> bool:
    return has_gpus(pool) and pool.word(_DRIVER, absent="install") == "install"


def _by_operator(pool: View) -> bool:
    return has_gpus(pool) and pool.word(_DRIVER, absent="") == "none"


RULE = Rule(
    id="GPU-005",
    severity=Severity.MEDIUM,
    category=Category.KUBERNETES,
    controls=(
        "itsg33/CM-2",
        "itsg33/CM-6",
        "popa/10",
    ),
    title="Either AKS or the GPU operator installs a node's driver",
    types=(AGENT_POOL, CLUSTER),
    scope=Scope.STACK,
    why=(
        "Two drivers on a node break each other at the next upgrade, and without one the node offers no GPU: it is "
        "paid for, and pods wait for ever."
    ),
    fix='Label the nodes nvidia.com/gpu.deploy.driver="false" where gpuProfile.driver is Install; where it is None '
    "leave the label out, and let the operator's chart have driver.enabled true (settings: cluster.gpu_pools, "
    "workloads.gpu_operator).",
    link="https://learn.microsoft.com/azure/aks/use-nvidia-gpu",
    properties=pool_properties(
        _DRIVER, "Install", Verdict.FAIL, "GPUProfile, Microsoft.ContainerService 2025-09-01: the default is Install"
    ),
    check=check,
    good=(
        alone(_pool("Install", "false"), others=_OPERATOR),
        alone(_pool("None"), others=_OPERATOR),
        alone(_pool("Install"), others=_OTHER, title="no operator"),
        alone(_pool("Install"), others=_NO_DRIVERS, title="an operator that installs none"),
        inline({"name": "cpu", "vmSize": "Standard_D8ds_v5"}, _pool("None"), others=_OPERATOR),
        inline({"name": "cpu", "vmSize": "Standard_D8ds_v5"}, _pool("Install"), others=_OTHER),
    ),
    bad=(
        alone(_pool("Install"), others=_OPERATOR),
        alone(_pool(None), others=_OPERATOR),
        alone(_pool("None"), others=_OTHER),
        alone(_pool("None", "false"), others=_OPERATOR),
        alone(_pool("None"), others=_NO_DRIVERS),
    ),
    breaks=(
        *pool_faults("nobody", _DRIVER, "None", where=_by_aks),
        *pool_faults("both", _DRIVER, "Install", where=_by_operator),
        without("no operator", lambda stack, pool: operators(stack) if _by_operator(pool.view()) else []),
    ),
)
