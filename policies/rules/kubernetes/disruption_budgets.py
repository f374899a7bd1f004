"""K8S-019: nodes can be drained, and not all replicas go at once."""

from __future__ import annotations

from typing import Any, Final

from policies.resource import Resource
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Scope, Severity, Verdict
from policies.rules._faults import without
from policies.rules.kubernetes._namespaces import own, within
from policies.rules.kubernetes._pods import DEPLOYMENT, STATEFUL_SET, labels, namespace
from policies.view import Doubt, Fault, Judged, View

_BUDGET: Final = "kubernetes:policy/v1:PodDisruptionBudget"
_TYPES: Final = (DEPLOYMENT, STATEFUL_SET, _BUDGET)
_EXPRESSIONS: Final = "spec.selector.matchExpressions"
_MOST: Final = "spec.maxUnavailable"
_LEAST: Final = "spec.minAvailable"


def applies(view: View, context: Context) -> bool:
    """Budgets, and workloads of several replicas that are not those of the platform's own charts."""
    if context.resource.type == _BUDGET:
        return True
    several = (view.number("spec.replicas", absent=1) or 0) > 1
    return several and namespace(view) not in context.profile.parameters.platform_namespaces


def check(view: View, context: Context) -> Judged:
    """A budget lets one go at least; a workload has one that takes its pods."""
    if context.resource.type == _BUDGET:
        yield from view.must_not_be(_MOST, (0, "0", "0%"), "else no node with such a pod can be upgraded")
        yield from view.must_not_be(_LEAST, ("100%",), "else no node with such a pod can be upgraded")
        return
    own_labels = labels(view, context)
    budgets = [one.view() for one in within(context.stack, namespace(view), _BUDGET)]
    if any(_takes(budget, own_labels) for budget in budgets):
        return
    if any(budget.has(_EXPRESSIONS) for budget in budgets):
        yield Doubt("metadata.name", f"may be taken by a budget with {_EXPRESSIONS}, which are not followed here")
    else:
        yield Fault("metadata.name", "has no PodDisruptionBudget whose selector takes its pods")


def _takes(budget: View, own_labels: View) -> bool:
    # An empty selector takes every pod of the namespace, and none takes no pod (policy/v1, not re-read).
    names = budget.keys("spec.selector.matchLabels")
    if budget.has(_EXPRESSIONS) or not budget.has("spec.selector"):
        return False
    return all(
        own_labels.text(f"labels[{name}]", absent="") == budget.text(f"spec.selector.matchLabels[{name}]", absent="")
        for name in names
    )


def _budget(namespace_: str = "team", app: str = "model", **spec: Any) -> Resource:
    return own(_BUDGET, "budget", {"selector": {"matchLabels": {"app": app}}, **spec}, namespace_)


def _workload(replicas: int, *others: Resource, type_: str = DEPLOYMENT, **options: Any) -> Example:
    template = {"metadata": {"labels": {"app": "model", "tier": "a"}}, "spec": {"containers": [{"name": "main"}]}}
    properties = {
        "metadata": {"name": "model", "namespace": "team"},
        "spec": {"replicas": replicas, "template": template},
    }
    return Example(properties, type=type_, others=others, **options)


def _alone(**spec: Any) -> Example:
    return Example(_budget(**spec).properties, type=_BUDGET)


_SOURCE: Final = "policy/v1 PodDisruptionBudgetSpec: no bound (not re-read)"

RULE = Rule(
    id="K8S-019",
    title="Nodes can be drained, and not all replicas go at once",
    severity=Severity.MEDIUM,
    category=Category.RESILIENCE,
    types=_TYPES,
    applies=applies,
    scope=Scope.STACK,
    controls=("itsg33/CP-10", "itsg33/SC-5", "gdpr/32(1)(b)", "popa/10"),
    parameters=("platform_namespaces",),
    why=(
        "Without a budget an upgrade evicts all replicas in one minute; with one that lets none go, nodes are never "
        "upgraded and keep their holes."
    ),
    fix="Give it a PodDisruptionBudget with maxUnavailable 1 and a selector that takes the labels of its pods.",
    link="https://kubernetes.io/docs/tasks/run-application/configure-pdb/",
    properties=(
        Property(_MOST, ABSENT, Verdict.PASS, _SOURCE, of=(_BUDGET,)),
        Property(_LEAST, ABSENT, Verdict.PASS, _SOURCE, of=(_BUDGET,)),
    ),
    check=check,
    good=(
        _workload(2, _budget(maxUnavailable=1)),
        _workload(3, _budget(minAvailable=2), type_=STATEFUL_SET),
        _workload(2, own(_BUDGET, "all", {"selector": {}, "maxUnavailable": 1})),
        _workload(1, title="one goes or none"),
        _workload(2, parameters={"platform_namespaces": ("team",)}),
        _alone(maxUnavailable=1),
        _alone(minAvailable="50%"),
    ),
    bad=(
        _workload(2),
        _workload(2, own(_BUDGET, "none", {"maxUnavailable": 1})),
        _workload(2, _budget("other", maxUnavailable=1)),
        _workload(2, _budget(app="another", maxUnavailable=1)),
        _alone(maxUnavailable=0),
        _alone(maxUnavailable="0%"),
        _alone(minAvailable="100%"),
    ),
    breaks=(
        Break(_MOST, 0, of=(_BUDGET,)),
        Break(_MOST, "0%", of=(_BUDGET,)),
        Break(_LEAST, "100%", of=(_BUDGET,)),
        without("no budget", lambda stack, one: [] if one.type == _BUDGET else list(stack.of(_BUDGET))),
    ),
)
