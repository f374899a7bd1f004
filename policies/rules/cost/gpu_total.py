"""COST-001: a stack can't use more GPUs at once than its environment may."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any, Final

from policies.resource import STACK, Resource, Stack
from policies.rule import Category, Context, Example, Rule, Scope, Severity, StackBreak
from policies.rules.aks._pools import is_gpu_size, known_size
from policies.types import AGENT_POOL, CLUSTER, ML_COMPUTE, ML_DEPLOYMENT
from policies.values import UnjudgeableError
from policies.view import Doubt, Fault, Judged, View

_TYPES: Final = (AGENT_POOL, CLUSTER, ML_COMPUTE, ML_DEPLOYMENT)


def check(_view: View, context: Context) -> Judged:
    """The sum over pools of AKS, and clusters, instances and deployments of Azure ML, each at its largest."""
    total = Fraction(0)
    for resource in context.stack.of(*_TYPES):
        try:
            total += sum((_gpus(size, nodes) for size, nodes in _machines(resource)), Fraction(0))
        except UnjudgeableError as error:
            yield Doubt("", f"can't be summed up: {error} ({resource.name})")
    most = context.profile.parameters.gpus
    if total > most:
        yield Fault("", f"can use {float(total):g} GPUs at once; this environment may have {most} (gpus)")


def _gpus(name: str, nodes: float | None) -> Fraction:
    if not is_gpu_size(name):
        return Fraction(0)
    size = known_size(name)
    if size is None:
        raise UnjudgeableError("vmSize", "is a size with GPUs that our facts don't have")
    if nodes is None:
        raise UnjudgeableError("the number of nodes", "is absent")
    return size.gpu_count * Fraction(nodes)


def _machines(resource: Resource) -> Iterator[tuple[str, float | None]]:
    """VM sizes with the most nodes of each."""
    view = resource.view()
    if resource.type == AGENT_POOL:
        yield _pool(view)
    elif resource.type == CLUSTER:
        yield from (_pool(pool) for pool in view.each("agentPoolProfiles"))
    elif resource.type == ML_DEPLOYMENT:
        yield view.text("properties.instanceType", absent=""), view.number("sku.capacity", absent=1)
    else:
        compute = view.below("properties.properties")
        fixed = view.word("properties.computeType", absent="") != "amlcompute"
        nodes = 1 if fixed else compute.number("scaleSettings.maxNodeCount", absent=None)
        yield compute.text("vmSize", absent=""), nodes


def _pool(pool: View) -> tuple[str, float | None]:
    grows = pool.flag("enableAutoScaling", absent=False)
    return pool.text("vmSize", absent=""), pool.number("maxCount" if grows else "count", absent=None if grows else 1)


_A100: Final = "Standard_NC24ads_A100_v4"  # one GPU
_H100: Final = "Standard_ND96isr_H100_v5"  # eight


def _of_aks(size: str, **counts: Any) -> Resource:
    return Resource(type=AGENT_POOL, name="pool", properties={"vmSize": size, **counts})


def _inline(size: str, **counts: Any) -> Resource:
    return Resource(type=CLUSTER, name="aks", properties={"agentPoolProfiles": [{"vmSize": size, **counts}]})


def _of_ml(size: str, nodes: int | None) -> Resource:
    kind = "ComputeInstance" if nodes is None else "AmlCompute"
    scale = {} if nodes is None else {"scaleSettings": {"maxNodeCount": nodes}}
    properties = {"computeType": kind, "properties": {"vmSize": size, **scale}}
    return Resource(type=ML_COMPUTE, name="compute", properties={"properties": properties})


def _deployed(size: str, instances: int) -> Resource:
    properties = {"properties": {"instanceType": size}, "sku": {"capacity": instances}}
    return Resource(type=ML_DEPLOYMENT, name="deployment", properties=properties)


def _at_most(gpus: int, *others: Resource) -> Example:
    return Example({}, others=others, parameters={"gpus": gpus})


def _with(title: str, *more: Resource) -> StackBreak:
    def change(stack: Stack, _resource: Resource) -> Stack:
        return replace(stack, resources=(*stack.resources, *more))

    return StackBreak(title, change)


_EVERYWHERE: Final = (
    _of_aks(_A100, enableAutoScaling=True, count=0, maxCount=2),
    _of_aks("Standard_D8ds_v5", enableAutoScaling=True, maxCount=50),
    _inline(_A100, count=1),
    _of_ml(_H100, 1),
    _of_ml(_A100, None),
    _deployed(_A100, 3),
)
_SUM: Final = 15

RULE = Rule(
    id="COST-001",
    title="A stack can't use more GPUs at once than its environment may",
    severity=Severity.HIGH,
    category=Category.COST,
    types=(STACK,),
    scope=Scope.STACK,
    controls=("itsg33/SC-6", "itsg33/SA-2"),
    parameters=("gpus",),
    why="Each pool is within its own bound, and all of them together cost more in a day than the month's budget.",
    fix="Lower maxCount or maxNodeCount of pools with GPUs, or raise the parameter gpus with whoever pays.",
    link="https://learn.microsoft.com/azure/aks/cluster-autoscaler",
    check=check,
    good=(
        _at_most(_SUM, *_EVERYWHERE),
        _at_most(0, _of_aks("Standard_D8ds_v5", count=3), _of_ml("Standard_D4ds_v5", 4)),
        Example({}, environment="dr"),
    ),
    bad=(
        _at_most(_SUM - 1, *_EVERYWHERE),
        _at_most(7, _of_aks(_H100, count=1)),
        _at_most(0, _inline(_A100)),
        _at_most(0, _of_ml(_A100, None)),
        _at_most(1, _deployed(_A100, 2)),
        Example({}, others=(_of_aks(_A100, count=1),), environment="dr"),
    ),
    breaks=(
        _with("a pool that grows", _of_aks(_H100, enableAutoScaling=True, count=0, maxCount=5)),
        _with("a pool of fixed size", _of_aks(_H100, enableAutoScaling=False, count=5, maxCount=0)),
        _with("a pool inline", _inline(_H100, count=5)),
        _with("a cluster of Azure ML", _of_ml(_H100, 5)),
        _with("an instance of Azure ML", *(_of_ml(_H100, None) for _ in range(5))),
        _with("a deployed model", _deployed(_H100, 5)),
    ),
)
