"""MON-005: who changed what in the subscription is exported to a workspace."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Scope, Severity, Verdict
from policies.rules.monitoring._settings import API, SUBSCRIPTION, WORKSPACE, exported, of_subscription
from policies.types import DIAGNOSTIC_SETTING
from policies.view import Fault, Judged, View

_CATEGORIES: Final = ("Administrative", "Security", "Policy", "Alert")


def applies(setting: View, context: Context) -> bool:
    """A setting at the scope of a subscription."""
    return of_subscription(setting, context)


def check(setting: View, _context: Context) -> Judged:
    """A workspace as the target, and the categories that an investigation asks for."""
    yield from setting.must_be_set("workspaceId", "so that changes can be searched")
    on = exported(setting)
    for category in _CATEGORIES:
        if category.lower() not in on:
            yield Fault("logs", f"must have the category {category}")


def _setting(*categories: str, **changed: Any) -> dict[str, Any]:
    logs = [{"category": category, "enabled": True} for category in categories]
    return {"resourceUri": SUBSCRIPTION, "workspaceId": WORKSPACE, "logs": logs, **changed}


def _without(category: str) -> list[dict[str, Any]]:
    return [{"category": one, "enabled": True} for one in _CATEGORIES if one != category]


RULE = Rule(
    id="MON-005",
    title="The activity log of the subscription is exported to a workspace",
    severity=Severity.MEDIUM,
    category=Category.LOGGING,
    types=(DIAGNOSTIC_SETTING,),
    scope=Scope.STACK,
    controls=(
        "itsg33/AU-6",
        "itsg33/IR-6",
        "mcsb/LT-3",
        "cis-azure/6.1.1",
        "cis-azure/6.1.2",
        "hipaa/164.312(b)",
        "gdpr/33",
        "gc-guardrails/11",
        "popa/10",
        "hia/60",
    ),
    equivalents={"checkov": ("CKV_AZURE_38",), "trivy": ("AZU-0033",)},
    why="Azure keeps the activity log for 90 days, where no alert and no search over all logs reaches it.",
    fix="Export Administrative, Security, Policy and Alert by a diagnostic setting of the subscription.",
    link="https://learn.microsoft.com/azure/azure-monitor/platform/activity-log",
    properties=(
        Property("workspaceId", ABSENT, Verdict.FAIL, API, unknown=Verdict.PASS),
        Property("logs[*].enabled", False, Verdict.FAIL, API),
    ),
    applies=applies,
    check=check,
    good=(
        Example(_setting(*_CATEGORIES)),
        Example(_setting("administrative", "security", "policy", "alert")),
    ),
    bad=(
        Example(_setting(*_CATEGORIES, workspaceId=None)),
        Example({"resourceUri": SUBSCRIPTION, "workspaceId": WORKSPACE}),
        *(Example(_setting(*_CATEGORIES, logs=_without(category))) for category in _CATEGORIES),
        Example(_setting(logs=[{"category": one, "enabled": one != "Policy"} for one in _CATEGORIES])),
    ),
    breaks=(
        Break("workspaceId", ABSENT),
        Break("logs", ABSENT),
        *(Break("logs", _without(category)) for category in _CATEGORIES),
    ),
)
