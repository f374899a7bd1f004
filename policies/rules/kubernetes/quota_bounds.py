"""K8S-041: quotas bound the number of a namespace's pods, and let it open no door."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from policies.resource import Resource
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Scope, Severity, Verdict
from policies.rules.kubernetes._namespaces import own, within
from policies.rules.kubernetes._pods import namespace
from policies.types import RESOURCE_QUOTA
from policies.view import Fault, Judged, View, guarded

_HARD: Final = "spec.hard"
_PODS: Final = f"{_HARD}[pods]"
_DOORS: Final = (f"{_HARD}[services.loadbalancers]", f"{_HARD}[services.nodeports]")


def applies(quota: View, _context: Context) -> bool:
    """To quotas of a whole namespace: one with a scope counts some of its pods."""
    return not quota.has("spec.scopes") and not quota.has("spec.scopeSelector")


def check(quota: View, context: Context) -> Judged:
    """Whatever this quota leaves out may stand in another one of the same namespace."""
    others = [one.view() for one in within(context.stack, namespace(quota), RESOURCE_QUOTA)]
    if not any(one.has(_PODS) for one in (quota, *others)):
        yield Fault(_PODS, "must be set here, or in another quota of the namespace")
    for path in _DOORS:
        yield from guarded(_none(path, quota, others))


def _none(path: str, quota: View, others: list[View]) -> Judged:
    if quota.has(path) or not any(one.has(path) for one in others):
        yield from quota.must_be_one_of(path, (0, "0"), "so that all that comes in passes the platform's ingress")


def _quota(**hard: str | None) -> dict[str, Any]:
    named = {"pods": "200", "services.loadbalancers": "0", "services.nodeports": "0"}
    for name, value in hard.items():
        named.pop(f"services.{name}", None) if value is None else named.update({f"services.{name}": value})
    return {"metadata": {"namespace": "team"}, "spec": {"hard": named}}


def _beside(*names: str) -> Resource:
    return own(RESOURCE_QUOTA, "another", {"hard": dict.fromkeys(names, "0")})


def _breaks() -> Iterator[Break]:
    for path in (_PODS, *_DOORS):
        yield Break(path, ABSENT, where=_has_all)
    for path in _DOORS:
        yield Break(path, "2", where=_has_all)


def _has_all(quota: Any) -> bool:
    return {"pods", "services.loadbalancers", "services.nodeports"} <= {*quota["spec"]["hard"]}


_SOURCE: Final = "Kubernetes API, ResourceQuota v1: no bound"

RULE = Rule(
    id="K8S-041",
    title="Quotas bound the number of a namespace's pods, and let it open no door",
    severity=Severity.MEDIUM,
    category=Category.KUBERNETES,
    types=(RESOURCE_QUOTA,),
    scope=Scope.STACK,
    controls=("itsg33/SC-5", "itsg33/SC-6", "itsg33/SC-7", "mcsb/NS-1", "gdpr/32(1)(b)", "popa/10"),
    why="Pods that ask for nothing still fill the addresses of every node; a Service of type LoadBalancer brings an "
    "address of its own.",
    fix="Bound pods, and set services.loadbalancers and services.nodeports to 0, in one quota of the namespace.",
    link="https://kubernetes.io/docs/concepts/policy/resource-quotas/",
    properties=tuple(
        Property(path, ABSENT, Verdict.FAIL, _SOURCE, unknown=Verdict.PASS if path == _PODS else Verdict.UNKNOWN)
        for path in (_PODS, *_DOORS)
    ),
    applies=applies,
    check=check,
    good=(
        Example(_quota()),
        Example(_quota(loadbalancers=None), others=(_beside("services.loadbalancers"),)),
        Example({"spec": {"hard": {"pods": "5"}, "scopes": ["BestEffort"]}}, environment="dev"),
    ),
    bad=(
        Example({**_quota(), "spec": {"hard": {"services.loadbalancers": "0", "services.nodeports": "0"}}}),
        Example(_quota(loadbalancers="1")),
        Example(_quota(nodeports=None)),
        Example(_quota(nodeports="3"), others=(_beside("services.nodeports"),)),
    ),
    breaks=tuple(_breaks()),
)
