"""K8S-020: work that can wait takes nobody's place."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import PRIORITY_CLASS
from policies.view import Fault, Judged, View

# Below it the autoscaler of AKS adds no node (learn.microsoft.com/azure/aks/cluster-autoscaler-overview, not re-read).
_LEAST: Final = -10
# Far below those of the cluster's own pods, which begin at 2,000,000,000 (kubernetes.io, Pod Priority and Preemption).
_MOST: Final = 1_000_000


def check(view: View, context: Context) -> Judged:
    """The value is within bounds; below the profile's bound it evicts nobody; above it it is nobody's default."""
    yield from view.must_be_between("value", _LEAST, _MOST)
    value = view.number("value")
    first = context.profile.parameters.preempting_priority
    if value is None:
        return
    if value < first:
        yield from view.must_be("preemptionPolicy", "Never", "work that can wait evicts nobody (preempting_priority)")
    elif view.flag("globalDefault"):
        yield Fault("globalDefault", "must not be true: every pod that names no class would take the place of others")


def _class(value: int | None, **changed: Any) -> dict[str, Any]:
    found = {"value": value, "preemptionPolicy": "Never", "globalDefault": False, **changed}
    return {key: each for key, each in found.items() if each is not None}


_SOURCE: Final = "scheduling.k8s.io/v1 PriorityClass"
_BOUND: Final = {"preempting_priority": 50_000}

RULE = Rule(
    id="K8S-020",
    title="Work that can wait takes nobody's place",
    severity=Severity.MEDIUM,
    category=Category.RESILIENCE,
    types=(PRIORITY_CLASS,),
    controls=("itsg33/SC-5", "itsg33/SC-6", "gdpr/32(1)(b)", "popa/10"),
    parameters=("preempting_priority",),
    why=(
        "A class preempts unless it says Never: a hundred jobs of one team throw out whatever stands below them, and "
        "with a large enough number the models that people wait for."
    ),
    fix="Set preemptionPolicy Never for training and spare work, and values between -10 and 1,000,000.",
    link="https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/",
    properties=(
        Property("value", ABSENT, Verdict.FAIL, f"{_SOURCE}: required (not re-read)"),
        Property("preemptionPolicy", "PreemptLowerPriority", Verdict.FAIL, f"{_SOURCE}: PreemptLowerPriority"),
        Property("globalDefault", False, Verdict.PASS, f"{_SOURCE}: no (not re-read)"),
    ),
    check=check,
    good=(
        Example(_class(10_000), parameters=_BOUND),
        Example(_class(50_000, preemptionPolicy="PreemptLowerPriority"), parameters=_BOUND),
        Example(_class(0, globalDefault=True), parameters=_BOUND),
        Example(_class(-10), parameters=_BOUND),
    ),
    bad=(
        Example(_class(49_999, preemptionPolicy="PreemptLowerPriority"), parameters=_BOUND),
        Example(_class(10_000, preemptionPolicy=None), parameters=_BOUND),
        Example(_class(50_000, globalDefault=True), parameters=_BOUND),
        Example(_class(-11), parameters=_BOUND),
        Example(_class(1_000_001), parameters=_BOUND),
    ),
    breaks=(
        Break("value", 1_000_000_000),
        Break("value", -1000),
        Break(
            "preemptionPolicy", "PreemptLowerPriority", where=lambda one: one["value"] < _BOUND["preempting_priority"]
        ),
        Break("globalDefault", True, where=lambda one: one["value"] >= _BOUND["preempting_priority"]),
    ),
)
