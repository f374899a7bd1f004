"""MON-008: an alert is on, and goes to an action group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import ACTIVITY_ALERT, LOG_ALERT, METRIC_ALERT, PROMETHEUS_RULES
from policies.values import UNKNOWN, joined
from policies.view import Fault, Judged, View, guarded

_GROUPS: Final = {METRIC_ALERT: "actions", ACTIVITY_ALERT: "actions.actionGroups", LOG_ALERT: "actions.actionGroups"}


def check(view: View, context: Context) -> Judged:
    """The alert itself, or each alert in a group of rules for Prometheus."""
    yield from view.must_be("enabled", True)
    if context.resource.type == PROMETHEUS_RULES:
        for rule in view.each("rules"):
            yield from guarded(_of_prometheus(rule))
    else:
        path = _GROUPS[context.resource.type]
        if not any(_names(group, context.resource.type) for group in view.each(path)):
            yield Fault(path, "must name an action group")


def _of_prometheus(rule: View) -> Judged:
    if not rule.text("alert", absent=""):  # it records a number for others
        return
    yield from rule.must_be("enabled", True)
    if not any(action.has("actionGroupId") for action in rule.each("actions")):
        yield Fault(joined(rule.path, "actions"), "must name an action group")


def _names(group: View, type_: str) -> bool:
    # A log alert lists ids, of which one that is not known yet is one; the other two list objects that hold one.
    if type_ == LOG_ALERT:
        return group.value is UNKNOWN or bool(group.text("", absent=""))
    return group.has("actionGroupId")


_GROUP: Final = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Insights/actionGroups/urgent"
_BY_ID: Final = [{"actionGroupId": _GROUP}]


def _prometheus(*rules: dict[str, Any], **changed: Any) -> Example:
    return Example({"enabled": True, "rules": list(rules), **changed}, type=PROMETHEUS_RULES)


def _alert(**changed: Any) -> dict[str, Any]:
    return {"alert": "gpu-hot", "expression": "x > 1", "enabled": True, "actions": _BY_ID, **changed}


def _examples() -> Iterator[tuple[str, Any, Any]]:
    """A type, actions that name a group, and actions that name none."""
    yield METRIC_ALERT, _BY_ID, [{"webHookProperties": {"runbook": "docs"}}]
    yield ACTIVITY_ALERT, {"actionGroups": _BY_ID}, {"actionGroups": []}
    yield LOG_ALERT, {"actionGroups": [_GROUP]}, {"customProperties": {"runbook": "docs"}}


_ALERTS: Final = (METRIC_ALERT, ACTIVITY_ALERT, LOG_ALERT)
_RECORD: Final = {"record": "gpu:used", "expression": "sum(x)"}
_SOURCE: Final = "Microsoft.Insights, Microsoft.AlertsManagement (not re-read)"

RULE = Rule(
    id="MON-008",
    title="Every alert is on and goes to an action group",
    severity=Severity.MEDIUM,
    category=Category.LOGGING,
    types=(*_ALERTS, PROMETHEUS_RULES),
    controls=("itsg33/AU-5", "itsg33/IR-6", "mcsb/LT-3", "mcsb/IR-2", "gdpr/33", "gc-guardrails/11", "popa/10"),
    why="An alert without an action group fires into a list that nobody has open; the outage is told by a citizen.",
    fix="Name an action group in its actions (actionGroupId; actionGroups for alerts on logs), and leave it enabled.",
    link="https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-overview",
    properties=(
        Property("enabled", True, Verdict.PASS, f"{_SOURCE}: on unless it is switched off"),
        Property("actions", ABSENT, Verdict.FAIL, f"{_SOURCE}: nobody", of=_ALERTS),
        Property("rules[*].enabled", True, Verdict.PASS, f"{_SOURCE}: on", of=(PROMETHEUS_RULES,)),
        Property("rules[*].actions", ABSENT, Verdict.FAIL, f"{_SOURCE}: nobody", of=(PROMETHEUS_RULES,)),
    ),
    check=check,
    good=(
        *(Example({"enabled": True, "actions": actions}, type=type_) for type_, actions, _ in _examples()),
        Example({"actions": {"actionGroups": [UNKNOWN]}}, type=LOG_ALERT, title="a group that is made as well"),
        _prometheus(_RECORD, _alert()),
    ),
    bad=(
        *(Example({"enabled": True, "actions": nobody}, type=type_) for type_, _, nobody in _examples()),
        *(Example({"enabled": False, "actions": actions}, type=type_) for type_, actions, _ in _examples()),
        *(Example({"enabled": True}, type=type_) for type_ in _ALERTS),
        _prometheus(_alert(), _alert(actions=[])),
        _prometheus(_alert(), _alert(enabled=False)),
        _prometheus(_alert(), enabled=False),
    ),
    breaks=(
        Break("enabled", False),
        Break("actions", ABSENT, of=_ALERTS),
        Break("actions", [], of=(METRIC_ALERT,)),
        Break("actions.actionGroups", [], of=(ACTIVITY_ALERT, LOG_ALERT)),
        Break("rules", [_RECORD, _alert(enabled=False)], of=(PROMETHEUS_RULES,), companions=("MON-010",)),
        Break("rules", [_alert(actions=[])], of=(PROMETHEUS_RULES,), companions=("MON-010",)),
        Break("rules", [_alert(actions=ABSENT)], of=(PROMETHEUS_RULES,), companions=("MON-010",)),
    ),
)
