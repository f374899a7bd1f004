"""K8S-018: what answers people outlives the loss of a node."""

from __future__ import annotations

from typing import Any, Final

from policies.resource import Resource
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Scope, Severity, Verdict
from policies.rules._faults import without
from policies.rules.kubernetes._namespaces import own
from policies.rules.kubernetes._pods import DEPLOYMENT, STATEFUL_SET, namespace, pods
from policies.types import POD_AUTOSCALER, SCALED_OBJECT
from policies.values import joined
from policies.view import Fault, Judged, View, guarded

_TYPES: Final = (DEPLOYMENT, STATEFUL_SET)
# What scales a workload: where its fewest replicas stand, and how many there are where nobody says so
# (autoscaling/v2; keda.sh/docs/latest/concepts/scaling-deployments, not re-read).
_FEWEST: Final = {POD_AUTOSCALER: ("spec.minReplicas", 1), SCALED_OBJECT: ("spec.minReplicaCount", 0)}
_SPREAD: Final = "topologySpreadConstraints"
_APART: Final = "affinity.podAntiAffinity"


def applies(view: View, context: Context) -> bool:
    """Where the profile wants more than one, and not for the platform's own charts."""
    parameters = context.profile.parameters
    return parameters.pod_replicas > 1 and namespace(view) not in parameters.platform_namespaces


def check(view: View, context: Context) -> Judged:
    """As many replicas as the profile wants, by number or by what scales them, and not all on one node."""
    fewest = context.profile.parameters.pod_replicas
    scalers = [one for one in context.stack.of(*_FEWEST) if _scales(one, view, context)]
    for scaler in scalers:
        path, otherwise = _FEWEST[scaler.type]
        if (scaler.view().number(path, absent=otherwise) or 0) < fewest:
            yield Fault("spec.replicas", f"is scaled by something with {path} below {fewest} (pod_replicas)")
    if not scalers:
        yield from view.must_be_between("spec.replicas", fewest, None, "so that one may fail (pod_replicas)")
    for pod in pods(view, context):
        yield from guarded(_spread(pod))


def _spread(pod: View) -> Judged:
    if not list(pod.each(_SPREAD)) and not pod.has(_APART):
        yield Fault(joined(pod.path, _SPREAD), "must be set, or podAntiAffinity: else all may be on one node")


def _scales(scaler: Resource, workload: View, context: Context) -> bool:
    view = scaler.view()
    kind = context.resource.type.rpartition(":")[2]
    return (
        namespace(view) == namespace(workload)
        and view.text("spec.scaleTargetRef.kind", absent="Deployment") == kind
        and view.text("spec.scaleTargetRef.name", absent="") == workload.text("metadata.name", absent="")
    )


def _workload(replicas: int | None, type_: str = DEPLOYMENT, *others: Resource, **options: Any) -> Example:
    spread = options.pop("spread", {_SPREAD: [{"maxSkew": 1, "topologyKey": "kubernetes.io/hostname"}]})
    spec = {"template": {"spec": {"containers": [{"name": "main"}], **spread}}}
    counted = spec if replicas is None else {"replicas": replicas, **spec}
    metadata = {"name": "model", "namespace": "team"}
    return Example({"metadata": metadata, "spec": counted}, type=type_, others=others, **options)


def _scaler(fewest: int, kind: str = "Deployment", namespace_: str = "team") -> Resource:
    return own(
        POD_AUTOSCALER, "scaler", {"scaleTargetRef": {"kind": kind, "name": "model"}, "minReplicas": fewest}, namespace_
    )


def _event_scaler(**spec: int) -> Resource:
    return own(SCALED_OBJECT, "scaler", {"scaleTargetRef": {"name": "model"}, **spec})


def _counted(workload: Any) -> bool:
    return "replicas" in workload["spec"]


RULE = Rule(
    id="K8S-018",
    title="What answers people outlives the loss of a node",
    severity=Severity.MEDIUM,
    category=Category.RESILIENCE,
    types=_TYPES,
    applies=applies,
    scope=Scope.STACK,
    controls=("itsg33/CP-10", "itsg33/SC-5", "mcsb/BR-1", "gdpr/32(1)(b)", "gc-guardrails/13", "popa/10"),
    parameters=("pod_replicas", "platform_namespaces"),
    why="With one replica, or all on one node, every upgrade of a node is an outage that somebody has to explain.",
    fix="Set spec.replicas (or minReplicas of its autoscaler) to 2 or more, and topologySpreadConstraints.",
    link="https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/",
    properties=(
        Property("spec.replicas", 1, Verdict.FAIL, "apps/v1 DeploymentSpec: 1 (not re-read)"),
        Property(
            f"spec.template.spec.{_SPREAD}",
            ABSENT,
            Verdict.FAIL,
            "core/v1 PodSpec: wherever there is room (not re-read)",
        ),
    ),
    check=check,
    good=(
        _workload(2),
        _workload(2, STATEFUL_SET),
        _workload(2, spread={"affinity": {"podAntiAffinity": {"required": []}}}),
        _workload(None, DEPLOYMENT, _scaler(2), title="scaled"),
        _workload(None, DEPLOYMENT, _event_scaler(minReplicaCount=2), title="scaled by events"),
        _workload(1, environment="dev"),
        _workload(1, parameters={"platform_namespaces": ("team",)}),
    ),
    bad=(
        _workload(1),
        _workload(None, STATEFUL_SET),
        _workload(2, spread={}),
        _workload(2, DEPLOYMENT, _scaler(1)),
        _workload(2, DEPLOYMENT, _event_scaler()),
        _workload(1, DEPLOYMENT, _scaler(2, "StatefulSet"), title="scales something else"),
        _workload(1, DEPLOYMENT, _scaler(2, namespace_="other"), title="scales something elsewhere"),
    ),
    breaks=(
        Break("spec.replicas", 1, where=_counted),
        Break("spec.replicas", ABSENT, where=_counted),
        Break("spec.template.spec", {"containers": [{"name": "main"}]}),
        without(
            "nothing scales it",
            lambda stack, one: [] if one.view().has("spec.replicas") else list(stack.of(*_FEWEST)),
        ),
    ),
)
