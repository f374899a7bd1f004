"""K8S-043: pods that scale by themselves have a largest number."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import POD_AUTOSCALER, SCALED_OBJECT
from policies.view import Judged, View

_MOST: Final = {SCALED_OBJECT: "spec.maxReplicaCount", POD_AUTOSCALER: "spec.maxReplicas"}


def check(view: View, context: Context) -> Judged:
    """At most what the profile allows."""
    yield from view.must_be_between(_MOST[context.resource.type], 1, context.profile.parameters.scaled_instances)


def _of(type_: str, most: int | None) -> Example:
    name = _MOST[type_].rpartition(".")[2]
    spec: dict[str, Any] = {} if most is None else {name: most}
    return Example({"metadata": {"name": "model"}, "spec": spec}, type=type_)


RULE = Rule(
    id="K8S-043",
    title="Pods that scale by themselves have a largest number",
    severity=Severity.MEDIUM,
    category=Category.COST,
    types=(SCALED_OBJECT, POD_AUTOSCALER),
    controls=("itsg33/SC-5", "itsg33/SC-6"),
    parameters=("scaled_instances",),
    why="KEDA scales to a hundred pods where nothing is said: a loop in a caller fills every node with GPUs.",
    fix="Set maxReplicaCount (of an autoscaler maxReplicas) to at most the profile's scaled_instances.",
    link="https://keda.sh/docs/latest/reference/scaledobject-spec/",
    properties=(
        Property(_MOST[SCALED_OBJECT], 100, Verdict.FAIL, "KEDA, ScaledObject v1alpha1: 100", of=(SCALED_OBJECT,)),
        Property(
            _MOST[POD_AUTOSCALER], ABSENT, Verdict.FAIL, "Kubernetes API autoscaling/v2: required", of=(POD_AUTOSCALER,)
        ),
    ),
    check=check,
    good=(_of(SCALED_OBJECT, 3), _of(POD_AUTOSCALER, 1)),
    bad=(_of(SCALED_OBJECT, None), _of(SCALED_OBJECT, 1000), _of(POD_AUTOSCALER, 1000), _of(POD_AUTOSCALER, 0)),
    breaks=(
        *(Break(path, 1000, of=(type_,)) for type_, path in _MOST.items()),
        *(Break(path, ABSENT, of=(type_,)) for type_, path in _MOST.items()),
    ),
)
