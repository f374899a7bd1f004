"""COST-003: a budget tells people before the money is gone."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import BUDGET
from policies.view import Fault, Judged, View

_WARNING: Final = 80
_ALL: Final = 100
_PEOPLE: Final = ("contactEmails", "contactGroups", "contactRoles")


def check(budget: View, _context: Context) -> Judged:
    """Somebody is told at 80 percent spent at the latest, and when the forecast says that all will be."""
    notices = [notice for notice in budget.each("notifications") if notice.flag("enabled")]
    for notice in notices:
        if not any(_filled(notice, path) for path in _PEOPLE):
            yield Fault(notice.path, "must name somebody: contactEmails, contactGroups or contactRoles")
    for kind, most in (("Actual", _WARNING), ("Forecasted", _ALL)):
        if not any(_at(notice, kind, most) for notice in notices):
            yield Fault("notifications", f"must have one of thresholdType {kind} at {most} percent or less")


def _at(notice: View, kind: str, most: float) -> bool:
    threshold = notice.number("threshold")
    return notice.word("thresholdType") == kind.lower() and threshold is not None and 0 < threshold <= most


def _filled(notice: View, path: str) -> bool:
    return not list(notice.must_be_set(path))


def _notice(kind: str | None, threshold: int | None, **changed: Any) -> dict[str, Any]:
    return {
        "enabled": True,
        "operator": "GreaterThanOrEqualTo",
        "thresholdType": kind,
        "threshold": threshold,
        "contactEmails": ["owner@gov.example"],
        **changed,
    }


def _budget(**notices: dict[str, Any]) -> dict[str, Any]:
    return {"amount": 9000, "notifications": notices}


_SPENT: Final = _notice("Actual", 80)
_FORECAST: Final = _notice("Forecasted", 100)
_API: Final = "Budget, Microsoft.Consumption 2023-11-01 (not re-read)"
_GROUP: Final = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Insights/actionGroups/ag"
_IN: Final = "notifications[*]"

RULE = Rule(
    id="COST-003",
    title="A budget tells people before the money is gone",
    severity=Severity.MEDIUM,
    category=Category.COST,
    types=(BUDGET,),
    controls=("itsg33/SA-2",),
    why="A budget stops nothing; if nobody hears of it, a forgotten GPU shows on the invoice of the next month.",
    fix="Add notifications with contactEmails: Actual at 80 percent or less, and Forecasted at 100 or less (settings: "
    "budget.actual_thresholds, budget.forecast_thresholds).",
    link="https://learn.microsoft.com/azure/cost-management-billing/costs/tutorial-acm-create-budgets",
    properties=(
        Property(f"{_IN}.enabled", False, Verdict.FAIL, f"{_API}: required"),
        Property(f"{_IN}.thresholdType", "Actual", Verdict.FAIL, f"{_API}: Actual"),
        *(Property(f"{_IN}.{path}", ABSENT, Verdict.FAIL, f"{_API}: nobody", unknown=Verdict.PASS) for path in _PEOPLE),
        Property(f"{_IN}.threshold", ABSENT, Verdict.FAIL, f"{_API}: required"),
    ),
    check=check,
    good=(
        Example(_budget(spent=_SPENT, forecast=_FORECAST)),
        Example(_budget(spent=_notice("Actual", 50, contactEmails=[], contactGroups=[_GROUP]), forecast=_FORECAST)),
        Example(_budget(spent=_SPENT, forecast=_notice("forecasted", 90, contactEmails=[], contactRoles=["Owner"]))),
    ),
    bad=(
        Example({"amount": 9000}),
        Example(_budget(spent=_SPENT)),
        Example(_budget(spent=_notice("Actual", 81), forecast=_FORECAST)),
        Example(_budget(spent=_SPENT, forecast=_notice("Forecasted", 101))),
        Example(_budget(spent=_SPENT, forecast=_notice("Forecasted", 100, enabled=False))),
        Example(_budget(spent=_SPENT, forecast=_notice("Forecasted", 100, contactEmails=[]))),
    ),
    breaks=(
        Break("notifications", ABSENT),
        Break("notifications", {"spent": _SPENT}),
        Break("notifications", {"spent": _notice("Actual", 90), "forecast": _FORECAST}),
        Break("notifications", {"spent": _SPENT, "forecast": _notice("Forecasted", 100, enabled=False)}),
        Break("notifications", {"spent": _SPENT, "forecast": _notice("Forecasted", 100, contactEmails=[])}),
    ),
)
