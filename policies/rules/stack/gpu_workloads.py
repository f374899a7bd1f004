"""STK-009: a pod that asks for GPUs can be placed, and its namespace may have that many."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from policies.references import texts_in
from policies.resource import Resource, Stack
from policies.rule import Category, Context, Example, Rule, Scope, Severity, StackBreak
from policies.rules.kubernetes._namespaces import own, within
from policies.rules.kubernetes._pods import (
    CRON_JOB,
    DEPLOYMENT,
    JOB,
    POD,
    STATEFUL_SET,
    example,
    namespace,
    pods,
)
from policies.rules.stack._gpu_room import GPU, gpu_pools, labels, tolerations
from policies.types import AGENT_POOL, RESOURCE_QUOTA
from policies.view import Fault, Judged, View, guarded

_TYPES: Final = (POD, DEPLOYMENT, STATEFUL_SET, JOB, CRON_JOB)
_COPIES: Final = {
    DEPLOYMENT: "spec.replicas",
    STATEFUL_SET: "spec.replicas",
    JOB: "spec.parallelism",
    CRON_JOB: "spec.jobTemplate.spec.parallelism",
}


_STANDING: Final = (DEPLOYMENT, STATEFUL_SET)


def applies(view: View, context: Context) -> bool:
    """Where a pod asks for GPUs."""
    return any(_asked(pod) for pod in pods(view, context))


def check(view: View, context: Context) -> Judged:
    """Some pools take it and have enough GPUs on one node, and on all; the quota of its namespace has as many."""
    copies = _copies(view, context)
    for pod in pods(view, context):
        yield from guarded(_placed(pod, copies, context.stack))
    yield from guarded(_allowed(view, context))


def _copies(view: View, context: Context) -> float:
    path = _COPIES.get(context.resource.type)
    found = 1 if path is None else view.number(path, absent=1)
    return 1 if found is None else found


def _asked(pod: View) -> float:
    """GPUs of one pod: those that run together, or one that runs before them."""
    limit = f"resources.limits[{GPU}]"
    together = sum(one.number(limit, absent=0) or 0 for one in pod.each("containers"))
    return max([together, *(one.number(limit, absent=0) or 0 for one in pod.each("initContainers"))])


def _placed(pod: View, copies: float, stack: Stack) -> Judged:
    asked, selector, tolerated = _asked(pod), labels(pod, "nodeSelector"), tolerations(pod, "tolerations")
    pools = [one for one in gpu_pools(stack) if one.selected(selector) and one.tolerated(tolerated)]
    fitting = [one for one in pools if one.each >= asked]
    if not pools:
        yield Fault(pod.path, "asks for GPUs, and no pool that has some takes it (nodeSelector, tolerations)")
    elif not fitting:
        yield Fault(pod.path, f"asks for {asked:g} GPUs at once, and no node that takes it has so many")
    elif sum(one.each // asked * one.nodes for one in fitting) < copies:
        yield Fault(pod.path, f"runs {copies:g} times with {asked:g} GPUs each, and its pools have no room for that")


def _allowed(view: View, context: Context) -> Judged:
    name = namespace(view)
    # What runs all the time counts together; jobs wait for each other.
    beside = _STANDING if context.resource.type in _STANDING else ()
    together = [one for each in beside for one in within(context.stack, name, each)]
    asked = sum(_whole(one, context) for one in together or (context.resource,))
    for quota in within(context.stack, name, RESOURCE_QUOTA):
        most = quota.view().number(f"spec.hard[requests.{GPU}]", absent=None)
        if most is not None and asked > most:
            yield Fault("metadata.namespace", f"may have {most:g} GPUs, and {asked:g} are asked for")


def _whole(one: Resource, context: Context) -> float:
    """GPUs of all copies."""
    its = replace(context, resource=one)
    return _copies(one.view(), its) * sum(_asked(pod) for pod in pods(one.view(), its))


_TEAM: Final = {"platform.gov/team": "own"}
_TAINTS: Final = [f"{GPU}=present:NoSchedule", "platform.gov/team=own:NoSchedule"]
_TOLERATED: Final = [{"key": "platform.gov/team", "operator": "Equal", "value": "own"}]


def _pool(nodes: int = 2, size: str = "Standard_ND96isr_H100_v5", **changed: Any) -> Resource:
    pool = {"vmSize": size, "enableAutoScaling": True, "maxCount": nodes, "nodeLabels": _TEAM, "nodeTaints": _TAINTS}
    return Resource(type=AGENT_POOL, name="gpu", properties={**pool, "agentPoolName": "gpu", **changed})


def _quota(gpus: int) -> Resource:
    return own(RESOURCE_QUOTA, "share", {"hard": {f"requests.{GPU}": str(gpus)}})


def _work(gpus: int, type_: str = POD, *others: Resource, own_: Any = None, **spec: Any) -> Example:
    asks = {"resources": {"limits": {GPU: gpus}}}
    pod = {"containers": [{"name": "main", **asks}], "nodeSelector": _TEAM, "tolerations": _TOLERATED, **spec}
    return example(pod, type_, own=own_, others=others or (_pool(), _quota(16)))


def _standing(gpus: int) -> Resource:
    spec = {"containers": [{"name": "other", "resources": {"limits": {GPU: gpus}}}]}
    return own(STATEFUL_SET, "other", {"template": {"spec": spec}})


def _with(title: str, type_: str, **changed: Any) -> StackBreak:
    """Every resource of a type has other properties."""

    def change(stack: Stack, resource: Resource) -> Stack | None:
        if "own" not in texts_in(resource.properties):  # it asks for no GPU
            return None
        resources = (
            replace(one, properties={**one.properties, **changed}) if one.type == type_ else one
            for one in stack.resources
        )
        return replace(stack, resources=tuple(resources))

    return StackBreak(title, change)


RULE = Rule(
    id="STK-009",
    title="A pod that asks for GPUs can be placed, and its namespace may have that many",
    severity=Severity.HIGH,
    category=Category.COST,
    types=_TYPES,
    applies=applies,
    scope=Scope.STACK,
    controls=("itsg33/SC-6",),
    why="A pod that fits nowhere waits for ever without an error: a release hangs, and nobody knows for what.",
    fix="Name a pool that exists in nodeSelector, tolerate its taints, and ask for no more than its nodes have.",
    link="https://kubernetes.io/docs/tasks/manage-gpus/scheduling-gpus/",
    check=check,
    good=(
        _work(8),
        _work(8, DEPLOYMENT, own_={"replicas": 2}),
        _work(4, STATEFUL_SET, own_={"replicas": 4}),
        _work(8, JOB, own_={"parallelism": 2}),
        _work(1, CRON_JOB),
        _work(4, DEPLOYMENT, _pool(), _quota(12), _standing(8)),
        _work(8, JOB, _pool(), _quota(12), _standing(8)),
        _work(1, POD, _pool(1, "Standard_NC24ads_A100_v4", gpuInstanceProfile="MIG3g"), _quota(1)),
        example({"containers": [{"name": "main"}]}, POD, title="no GPU"),
    ),
    bad=(
        _work(9),
        _work(1, nodeSelector={"platform.gov/team": "another"}),
        _work(1, tolerations=[]),
        _work(8, DEPLOYMENT, own_={"replicas": 3}),
        _work(5, JOB, own_={"parallelism": 3}),
        _work(8, POD, _pool(), _quota(7)),
        _work(8, DEPLOYMENT, _pool(), _quota(12), _standing(8)),
        _work(8, POD, _pool(0), _quota(16)),
        _work(3, POD, _pool(1, "Standard_NC24ads_A100_v4", gpuInstanceProfile="MIG3g"), _quota(16)),
    ),
    breaks=(
        _with("no node left", AGENT_POOL, maxCount=0),
        _with("pools with other labels", AGENT_POOL, nodeLabels={}),
        _with("pools with another taint", AGENT_POOL, nodeTaints=["other=one:NoExecute"]),
        _with("a quota of none", RESOURCE_QUOTA, spec={"hard": {f"requests.{GPU}": "0"}}),
    ),
)
