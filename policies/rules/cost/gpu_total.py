"""COST-001: a stack can't use more GPUs at once than its environment may."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from policies.resource import STACK, Resource, Stack
from policies.rule import Category, Context, Example, Rule, Scope, Severity, StackBreak
from policies.rules._faults import adding
from policies.rules.aks._pools import is_gpu_size, known_size
from policies.rules.cost._machines import HOLDERS, deployed, inline, machines, of_aks, of_ml, several
from policies.values import UnjudgeableError
from policies.view import Doubt, Fault, Judged, View


def check(_view: View, context: Context) -> Judged:
    """The sum over pools of AKS, and clusters, instances and deployments of Azure ML, each at its largest."""
    total = Fraction(0)
    for resource in context.stack.of(*HOLDERS):
        try:
            total += sum((_gpus(each.size, each.most) for each in machines(resource)), Fraction(0))
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


_A100: Final = "Standard_NC24ads_A100_v4"  # one GPU
_H100: Final = "Standard_ND96isr_H100_v5"  # eight


def _at_most(gpus: int, *others: Resource) -> Example:
    return Example({}, others=others, parameters={"gpus": gpus})


def _with(title: str, *more: Resource) -> StackBreak:
    def change(stack: Stack, _resource: Resource) -> Stack:
        return adding(stack, *more)

    return StackBreak(title, change)


_EVERYWHERE: Final = (
    of_aks(_A100, enableAutoScaling=True, count=0, maxCount=2),
    of_aks("Standard_D8ds_v5", enableAutoScaling=True, maxCount=50),
    inline(_A100, count=1),
    of_ml(_H100, 1),
    of_ml(_A100, None),
    deployed(_A100, 3),
    several(("Standard_D8ds_v5", 4), (_A100, 2)),
)
_SUM: Final = 17

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
        _at_most(0, of_aks("Standard_D8ds_v5", count=3), of_ml("Standard_D4ds_v5", 4)),
        Example({}, environment="dr"),
    ),
    bad=(
        _at_most(_SUM - 1, *_EVERYWHERE),
        _at_most(7, of_aks(_H100, count=1)),
        _at_most(0, inline(_A100)),
        _at_most(0, of_ml(_A100, None)),
        _at_most(1, deployed(_A100, 2)),
        Example({}, others=(of_aks(_A100, count=1),), environment="dr"),
    ),
    breaks=(
        _with("a pool that grows", of_aks(_H100, enableAutoScaling=True, count=0, maxCount=5)),
        _with("a pool of fixed size", of_aks(_H100, enableAutoScaling=False, count=5, maxCount=0)),
        _with("a pool inline", inline(_H100, count=5)),
        _with("a cluster of Azure ML", of_ml(_H100, 5)),
        _with("an instance of Azure ML", *(of_ml(_H100, None) for _ in range(5))),
        _with("a deployed model", deployed(_H100, 5)),
    ),
)
