"""K8S-021: pods have no priority of the cluster's own, and jobs none that evicts others."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from policies.references import texts_in
from policies.resource import Resource, Stack
from policies.rule import ABSENT, Category, Context, Example, Rule, Scope, Severity, StackBreak, Verdict
from policies.rules._faults import having
from policies.rules.kubernetes._pods import (
    CRON_JOB,
    JOB,
    POD,
    WORKLOADS,
    example,
    examples,
    namespace,
    pod_breaks,
    pod_properties,
    pods,
)
from policies.types import PRIORITY_CLASS
from policies.values import joined
from policies.view import Fault, Judged, View, guarded

_CLASS: Final = "priorityClassName"
_OF_CLUSTER: Final = ("system-cluster-critical", "system-node-critical")
_JOBS: Final = (JOB, CRON_JOB)


def applies(view: View, context: Context) -> bool:
    """Outside the namespaces whose pods the cluster or its GPUs need."""
    return namespace(view) not in ("kube-system", *context.profile.parameters.platform_namespaces)


def check(view: View, context: Context) -> Judged:
    """No class of the cluster; for jobs none of the stack's classes that preempts."""
    for pod in pods(view, context):
        yield from guarded(_pod(pod, context))


def _pod(pod: View, context: Context) -> Judged:
    yield from pod.must_not_be(_CLASS, _OF_CLUSTER, "which evicts every other pod")
    if context.resource.type in _JOBS:
        name = pod.text(_CLASS)
        if name and any(_preempts(one, name) for one in context.stack.of(PRIORITY_CLASS)):
            yield Fault(joined(pod.path, _CLASS), "is a class that evicts others, and a job can wait")


def _preempts(one: Resource, name: str) -> bool:
    policy = one.view().word("preemptionPolicy", absent="PreemptLowerPriority")
    return _name(one) == name and policy != "never"


def _name(one: Resource) -> str:
    return one.view().text("metadata.name", absent="")


def _class(name: str, policy: str) -> Resource:
    properties = {"metadata": {"name": name}, "value": 10_000, "preemptionPolicy": policy}
    return Resource(type=PRIORITY_CLASS, name=name, properties=properties)


_CLASSES: Final = (_class("serving", "PreemptLowerPriority"), _class("training", "Never"))


def _spec(name: str) -> dict[str, Any]:
    return {"containers": [{"name": "main"}], _CLASS: name}


def _preempting(stack: Stack, resource: Resource) -> Stack | None:
    """The class of a job evicts others."""
    own = next((one for one in stack.of(PRIORITY_CLASS) if _name(one) in texts_in(resource.properties)), None)
    if own is None or resource.type not in _JOBS:
        return None
    return having(stack, own, replace(own, properties={**own.properties, "preemptionPolicy": ABSENT}))


def _of(name: str, type_: str, **options: Any) -> Example:
    return example(_spec(name), type_, others=_CLASSES, **options)


RULE = Rule(
    id="K8S-021",
    title="Pods have no priority of the cluster's own, and jobs none that evicts others",
    severity=Severity.MEDIUM,
    category=Category.RESILIENCE,
    types=WORKLOADS,
    applies=applies,
    scope=Scope.STACK,
    controls=("itsg33/SC-5", "itsg33/SC-6", "gdpr/32(1)(b)", "popa/10"),
    parameters=("platform_namespaces",),
    why=(
        "A pod with a priority of the cluster throws out cluster DNS; a training job with that of serving throws out "
        "the models that people wait for."
    ),
    fix="Take priorityClassName training or spare for jobs, serving for what answers people.",
    link="https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/",
    properties=pod_properties(
        _CLASS, ABSENT, Verdict.PASS, "core/v1 PodSpec: that of the default class (not re-read)", types=WORKLOADS
    ),
    check=check,
    good=(
        *examples(_spec("training"), WORKLOADS, others=_CLASSES),
        _of("serving", POD),
        _of("elsewhere", JOB, title="a class that the stack doesn't make"),
        _of("system-node-critical", POD, parameters={"platform_namespaces": ("team",)}),
    ),
    bad=(
        _of("system-node-critical", POD),
        _of("system-cluster-critical", JOB),
        _of("serving", JOB),
        _of("serving", CRON_JOB),
    ),
    breaks=(
        *pod_breaks(_CLASS, "system-node-critical", types=WORKLOADS),
        StackBreak("its class evicts", _preempting),
    ),
)
