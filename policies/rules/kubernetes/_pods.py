"""Pods, wherever an object of Kubernetes holds one: read as one, broken as one, shown in one set of examples."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any, Final

from policies.resource import Resource, Stack
from policies.rule import Break, Context, Example, Property, StackBreak, Verdict
from policies.rules._faults import having
from policies.types import INFERENCE_SERVICE
from policies.values import steps, with_value
from policies.view import Judged, View, guarded

POD: Final = "kubernetes:core/v1:Pod"
DEPLOYMENT: Final = "kubernetes:apps/v1:Deployment"
STATEFUL_SET: Final = "kubernetes:apps/v1:StatefulSet"
DAEMON_SET: Final = "kubernetes:apps/v1:DaemonSet"
REPLICA_SET: Final = "kubernetes:apps/v1:ReplicaSet"
REPLICATION_CONTROLLER: Final = "kubernetes:core/v1:ReplicationController"
JOB: Final = "kubernetes:batch/v1:Job"
CRON_JOB: Final = "kubernetes:batch/v1:CronJob"
CLUSTER_RUNTIME: Final = "kubernetes:serving.kserve.io/v1alpha1:ClusterServingRuntime"
RUNTIME: Final = "kubernetes:serving.kserve.io/v1alpha1:ServingRuntime"

_TEMPLATE: Final = "spec.template"
_JOB_TEMPLATE: Final = "spec.jobTemplate.spec.template"
# Where the pod is; a runtime of KServe has a second one for the workers of models on several nodes, and a served model
# one for what changes questions and answers.
_SPECS: Final[Mapping[str, tuple[str, ...]]] = {
    POD: ("spec",),
    DEPLOYMENT: (f"{_TEMPLATE}.spec",),
    STATEFUL_SET: (f"{_TEMPLATE}.spec",),
    DAEMON_SET: (f"{_TEMPLATE}.spec",),
    REPLICA_SET: (f"{_TEMPLATE}.spec",),
    REPLICATION_CONTROLLER: (f"{_TEMPLATE}.spec",),
    JOB: (f"{_TEMPLATE}.spec",),
    CRON_JOB: (f"{_JOB_TEMPLATE}.spec",),
    CLUSTER_RUNTIME: ("spec", "spec.workerSpec"),
    RUNTIME: ("spec", "spec.workerSpec"),
    INFERENCE_SERVICE: ("spec.predictor", "spec.transformer"),
}
PODS: Final = tuple(_SPECS)
"""Every type that holds a pod."""
WORKLOADS: Final = (POD, DEPLOYMENT, STATEFUL_SET, DAEMON_SET, REPLICA_SET, REPLICATION_CONTROLLER, JOB, CRON_JOB)
"""Those that hold a whole one: KServe takes parts only, and fills in the rest."""
CONTAINERS: Final = ("containers", "initContainers", "ephemeralContainers")
SPECIFIED: Final = ("containers", "initContainers")
"""Those that ask for resources, ports and probes: the API lets an ephemeral container have none of them."""


def pods(view: View, context: Context) -> Iterator[View]:
    """The specification of each pod."""
    for number, path in enumerate(_SPECS[context.resource.type]):
        if number == 0 or view.has(path):
            yield view.below(path)


def containers(
    view: View, context: Context, judge: Callable[[View, View], Judged], kinds: tuple[str, ...] = CONTAINERS
) -> Judged:
    """What `judge` says of every container, given it and its pod. One in doubt hides none of the others."""
    for pod in pods(view, context):
        for kind in kinds:
            yield from guarded(_each(pod, kind, judge))


def _each(pod: View, kind: str, judge: Callable[[View, View], Judged]) -> Judged:
    for container in pod.each(kind):
        yield from guarded(judge(container, pod))


def labels(view: View, context: Context) -> View:
    """The metadata that the pod itself gets."""
    type_ = context.resource.type
    if type_ == POD:
        return view.below("metadata")
    if type_ in (CLUSTER_RUNTIME, RUNTIME):
        return view.below("spec")
    if type_ == INFERENCE_SERVICE:
        return view.below("spec.predictor")
    return view.below(f"{_JOB_TEMPLATE if type_ == CRON_JOB else _TEMPLATE}.metadata")


def namespace(view: View) -> str:
    """The namespace of an object; `default` where it names none, and empty where it belongs to the whole cluster."""
    return view.text("metadata.namespace", absent="default")


def pod_properties(
    path: str,
    default: Any,
    absent: Verdict,
    source: str,
    *,
    types: tuple[str, ...] = PODS,
    unknown: Verdict = Verdict.UNKNOWN,
) -> tuple[Property, ...]:
    """A property of pods, in each form."""
    return tuple(
        Property(f"{spec}.{path}", default, absent, source, of=(type_,), unknown=unknown)
        for type_ in types
        for spec in _SPECS[type_]
    )


def container_properties(
    path: str,
    default: Any,
    absent: Verdict,
    source: str,
    *,
    kinds: tuple[str, ...] = CONTAINERS,
    unknown: Verdict = Verdict.UNKNOWN,
) -> tuple[Property, ...]:
    """A property of containers, in each form and kind."""
    return tuple(
        one for kind in kinds for one in pod_properties(f"{kind}[*].{path}", default, absent, source, unknown=unknown)
    )


def pod_breaks(
    path: str, value: Any, *, types: tuple[str, ...] = PODS, companions: tuple[str, ...] = ()
) -> tuple[Break, ...]:
    """A fault of pods, in each form."""
    return tuple(
        Break(f"{spec}.{path}", value, of=(type_,), companions=companions) for type_ in types for spec in _SPECS[type_]
    )


def container_breaks(
    path: str, value: Any, *, kinds: tuple[str, ...] = CONTAINERS, companions: tuple[str, ...] = ()
) -> tuple[Break, ...]:
    """A fault of containers, in each form and kind."""
    return tuple(one for kind in kinds for one in pod_breaks(f"{kind}[*].{path}", value, companions=companions))


def pod_fault(title: str, change: Callable[[dict[str, Any]], object], companions: tuple[str, ...] = ()) -> StackBreak:
    """A fault that `change` makes in the specification of every pod; none where it changes nothing."""

    def changed(stack: Stack, resource: Resource) -> Stack | None:
        properties: Any = resource.properties
        for path in map(steps, _SPECS.get(resource.type, ())):
            spec = properties
            for step in path:
                spec = spec.get(step, {})
            if not spec:
                continue
            copy = deepcopy(dict(spec))
            change(copy)
            if copy != spec:
                properties = with_value(properties, path, copy)
        if properties == resource.properties:
            return None
        return having(stack, resource, replace(resource, properties=properties))

    return StackBreak(title, changed, companions)


def all_containers(spec: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Every container of a specification."""
    for kind in CONTAINERS:
        yield from spec.get(kind, ())


def example(
    spec: Mapping[str, Any],
    type_: str = DEPLOYMENT,
    *,
    metadata: Mapping[str, Any] | None = None,
    own: Mapping[str, Any] | None = None,
    **options: Any,
) -> Example:
    """An object that holds a pod. `metadata`: of the pod's template; `own`: properties of the object's `spec`."""
    properties: dict[str, Any] = {"metadata": {"name": "example", "namespace": "team"}}
    if spec.get("containers"):
        spec = {"ephemeralContainers": [_debugger(spec["containers"][0])], **spec}
    if type_ in (CLUSTER_RUNTIME, RUNTIME):
        properties["spec"] = {**spec, "workerSpec": dict(spec), **(own or {})}
    elif type_ == INFERENCE_SERVICE:
        properties["spec"] = {"predictor": dict(spec), "transformer": dict(spec), **(own or {})}
    elif type_ == POD:
        properties["metadata"] = {**properties["metadata"], **(metadata or {})}
        properties["spec"] = dict(spec)
    else:
        template = {"metadata": dict(metadata or {}), "spec": dict(spec)}
        inner = {"template": template, **(own or {})}
        properties["spec"] = {"jobTemplate": {"spec": inner}} if type_ == CRON_JOB else inner
    return Example(properties, type=type_, **options)


def _debugger(container: Mapping[str, Any]) -> dict[str, Any]:
    """An ephemeral container like another one, without what it may not have."""
    refused = {"ports", "resources", "livenessProbe", "readinessProbe", "startupProbe", "lifecycle"}
    return {**{key: each for key, each in container.items() if key not in refused}, "name": "debugger"}


def examples(spec: Mapping[str, Any], types: tuple[str, ...] = PODS, **options: Any) -> tuple[Example, ...]:
    """The same pod in each form."""
    return tuple(example(spec, type_, **options) for type_ in types)
