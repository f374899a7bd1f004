"""MON-010: an alert says what happened, how grave it is, and what to do."""

from __future__ import annotations

import re
from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import ACTIVITY_ALERT, LOG_ALERT, METRIC_ALERT, PROMETHEUS_RULES
from policies.values import joined
from policies.view import Fault, Judged, View, guarded

# A page of the repository, or an address.
_RUNBOOK: Final = re.compile(r"\S+\.md\b|https://\S+", re.IGNORECASE)
_LEVELS: Final = (0, 1, 2, 3, 4)


def check(view: View, context: Context) -> Judged:
    """The alert itself, or each alert in a group of rules for Prometheus."""
    if context.resource.type == PROMETHEUS_RULES:
        for rule in view.each("rules"):
            if rule.text("alert", absent=""):  # else it records a number for others
                yield from rule.must_be_one_of("severity", _LEVELS)
                yield from guarded(_says(rule, "annotations.runbook"))
                yield from rule.must_be_set("annotations.description")
        return
    yield from guarded(_says(view, "description"))
    if context.resource.type != ACTIVITY_ALERT:  # which has no severity
        yield from view.must_be_one_of("severity", _LEVELS)


def _says(alert: View, path: str) -> Judged:
    if not _RUNBOOK.search(alert.text(path)):
        yield Fault(joined(alert.path, path), "must name a page that says what to do")


_TEXT: Final = "A node has no disk left. Runbook: docs/runbooks/node-pressure.md"


def _alert(text: str | None = _TEXT, severity: int | None = 2) -> dict[str, Any]:
    made = {"description": text, "severity": severity}
    return {name: value for name, value in made.items() if value is not None}


def _prometheus(**changes: Any) -> dict[str, Any]:
    said = {"description": "A GPU is hot.", "runbook": "docs/runbooks/gpu-hot.md"}
    alert = {"alert": "gpu-hot", "severity": 2, "annotations": said}
    return {"rules": [{"record": "gpu:active:ratio"}, alert, {**alert, **changes}]}


def _told(**said: Any) -> dict[str, Any]:
    return {"alert": "gpu-hot", "actions": [{"actionGroupId": "a-group"}], **said}


_SINGLE: Final = (METRIC_ALERT, LOG_ALERT, ACTIVITY_ALERT)
_GRAVE: Final = (METRIC_ALERT, LOG_ALERT)
_GROUPS: Final = (PROMETHEUS_RULES,)
_SOURCE: Final = "Microsoft.Insights, Microsoft.AlertsManagement (not re-read)"

RULE = Rule(
    id="MON-010",
    title="An alert says what happened, how grave it is, and what to do",
    severity=Severity.LOW,
    category=Category.LOGGING,
    types=(*_SINGLE, PROMETHEUS_RULES),
    controls=("itsg33/IR-6", "itsg33/SI-4", "mcsb/LT-3", "gc-guardrails/11", "popa/10"),
    why="Whoever is woken at night knows neither the alert nor the system, and loses the first hour on finding out.",
    fix="Name the page that says what to do in the description (annotations.runbook for Prometheus), and a severity.",
    link="https://learn.microsoft.com/azure/azure-monitor/best-practices-alerts",
    properties=(
        Property("description", ABSENT, Verdict.FAIL, f"{_SOURCE}: none", of=_SINGLE),
        Property("severity", ABSENT, Verdict.FAIL, f"{_SOURCE}: none", of=_GRAVE),
        Property("rules[*].severity", ABSENT, Verdict.FAIL, f"{_SOURCE}: none", of=_GROUPS),
        Property("rules[*].annotations.runbook", ABSENT, Verdict.FAIL, "our own annotation", of=_GROUPS),
        Property("rules[*].annotations.description", ABSENT, Verdict.FAIL, "our own annotation", _GROUPS, Verdict.PASS),
    ),
    check=check,
    good=(
        *(Example(_alert(), type=type_) for type_ in _GRAVE),
        Example(_alert("See https://ops.gov.example/outage.", None), type=ACTIVITY_ALERT),
        Example(_prometheus(), type=PROMETHEUS_RULES),
    ),
    bad=(
        *(Example(_alert("A disk is full."), type=type_) for type_ in _SINGLE),
        *(Example(_alert(severity=None), type=type_) for type_ in _GRAVE),
        Example(_alert(severity=5)),
        Example(_prometheus(severity=7), type=PROMETHEUS_RULES, title="the second alert"),
        Example(_prometheus(annotations={"description": "A GPU is hot."}), type=PROMETHEUS_RULES),
        Example(_prometheus(annotations={"runbook": "docs/runbooks/gpu-hot.md"}), type=PROMETHEUS_RULES),
    ),
    breaks=(
        Break("description", "Something is wrong.", of=_SINGLE),
        Break("description", ABSENT, of=_SINGLE),
        Break("severity", ABSENT, of=_GRAVE),
        Break("severity", 9, of=_GRAVE),
        Break("rules", [_told(severity=1, annotations={"description": "Hot."})], of=_GROUPS),
        Break("rules", [_told(severity=1, annotations={"runbook": "docs/a.md"})], of=_GROUPS),
        Break("rules", [_told(annotations={"description": "Hot.", "runbook": "docs/a.md"})], of=_GROUPS),
    ),
)
