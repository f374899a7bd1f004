"""STK-010: queues hand out GPUs that there are."""

from __future__ import annotations

from typing import Any, Final

from policies.resource import Resource, Stack
from policies.rule import Break, Category, Context, Example, Rule, Scope, Severity, StackBreak
from policies.rules._faults import adding
from policies.rules.stack._gpu_room import GPU, gpu_pools, labels, tolerations
from policies.types import AGENT_POOL, RESOURCE_FLAVOR, RESOURCE_QUEUE
from policies.view import Fault, Judged, View


def applies(view: View, context: Context) -> bool:
    """Where a queue hands out GPUs of this flavour."""
    return _handed_out(view.text("metadata.name", absent=""), context.stack) > 0


def check(view: View, context: Context) -> Judged:
    """The pools that the flavour stands for have as many GPUs, at their largest, as all queues hand out."""
    selector, tolerated = labels(view, "spec.nodeLabels"), tolerations(view, "spec.tolerations")
    pools = [one for one in gpu_pools(context.stack) if one.selected(selector) and one.tolerated(tolerated)]
    if not pools:
        yield Fault("spec.nodeLabels", "takes no pool that has GPUs, or tolerations lack one of its taints")
        return
    there = sum(one.each * one.nodes for one in pools)
    promised = _handed_out(view.text("metadata.name", absent=""), context.stack)
    if promised > there:
        yield Fault("metadata.name", f"is handed out {promised:g} times by the queues, and its pools have {there} GPUs")


def _handed_out(flavor: str, stack: Stack) -> float:
    return sum(
        resource.number("nominalQuota", absent=0) or 0
        for one in stack.once("flavours of queues", lambda: _flavors(stack)).get(flavor, ())
        for resource in one.each("resources")
        if resource.text("name", absent="") == GPU
    )


def _flavors(stack: Stack) -> dict[str, list[View]]:
    """What every queue says of a flavour, by its name."""
    found: dict[str, list[View]] = {}
    for queue in stack.of(RESOURCE_QUEUE):
        for group in queue.view().each("spec.resourceGroups"):
            for one in group.each("flavors"):
                found.setdefault(one.text("name", absent=""), []).append(one)
    return found


def _queue(gpus: int, flavor: str = "h100") -> Resource:
    flavors = [{"name": flavor, "resources": [{"name": GPU, "nominalQuota": gpus}]}]
    spec = {"resourceGroups": [{"coveredResources": [GPU], "flavors": flavors}]}
    return Resource(type=RESOURCE_QUEUE, name="queue", properties={"metadata": {"name": "team"}, "spec": spec})


_LABELS: Final = {"platform.gov/gpu-pool": "h100"}


def _pool(**changed: Any) -> Resource:
    pool = {"vmSize": "Standard_ND96isr_H100_v5", "enableAutoScaling": True, "maxCount": 2, "nodeLabels": _LABELS}
    taints = {"nodeTaints": [f"{GPU}=present:NoSchedule", "team=own:NoSchedule"]}
    return Resource(type=AGENT_POOL, name="h100", properties={**pool, **taints, **changed})


def _flavor(*others: Resource, **spec: Any) -> Example:
    own = {"nodeLabels": _LABELS, "tolerations": [{"key": "team", "operator": "Exists"}], **spec}
    return Example({"metadata": {"name": "h100"}, "spec": own}, others=others)


def _doubled(stack: Stack, resource: Resource) -> Stack | None:
    name = resource.view().text("metadata.name", absent="")
    return adding(stack, _queue(1000, name))


RULE = Rule(
    id="STK-010",
    title="Queues hand out GPUs that there are",
    severity=Severity.MEDIUM,
    category=Category.COST,
    types=(RESOURCE_FLAVOR,),
    applies=applies,
    scope=Scope.STACK,
    controls=("itsg33/SC-6",),
    why="A queue admits a job for GPUs that no pool has; the job holds its share and waits, and others wait behind it.",
    fix="Lower nominalQuota of the queues, raise maxCount of the pool, or correct nodeLabels of the flavour.",
    link="https://kueue.sigs.k8s.io/docs/concepts/resource_flavor/",
    check=check,
    good=(
        _flavor(_pool(), _queue(16)),
        _flavor(_pool(), _queue(8), _queue(8)),
        _flavor(_pool(vmSize="Standard_NC24ads_A100_v4", gpuInstanceProfile="MIG3g"), _queue(4)),
        _flavor(
            _pool(
                vmSize="Standard_NC24ads_A100_v4",
                nodeLabels={**_LABELS, "nvidia.com/device-plugin.config": "shares-4"},
            ),
            _queue(8),
        ),
    ),
    bad=(
        _flavor(_pool(), _queue(17)),
        _flavor(_pool(), _queue(8), _queue(9)),
        _flavor(_pool(nodeLabels={}), _queue(1)),
        _flavor(_pool(), _queue(1), tolerations=[]),
        _flavor(_pool(vmSize="Standard_NC24ads_A100_v4", gpuInstanceProfile="MIG3g"), _queue(5)),
    ),
    breaks=(
        StackBreak("another queue", _doubled),
        Break("spec.nodeLabels", {"platform.gov/gpu-pool": "none"}),
    ),
)
