"""MON-009: nothing silences alerts, and what Azure itself tells reaches somebody."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import ALERT_PROCESSING, EVENT_SUBSCRIPTION
from policies.values import joined
from policies.view import Fault, Judged, View, judged_each

_ACTIONS: Final = "properties.actions"
_GROUPS: Final = "destination.actionGroups"


def check(view: View, context: Context) -> Judged:
    """A rule that processes alerts adds action groups; events that become alerts name one."""
    if context.resource.type == ALERT_PROCESSING:
        yield from view.must_be("properties.enabled", True)
        yield from judged_each(view.each(_ACTIONS), _action)
    elif view.word("destination.endpointType", absent="") == "monitoralert":
        yield from view.must_be_set(_GROUPS, "else nobody hears of the alert")


def _action(action: View) -> Judged:
    yield from action.must_be_set("actionGroupIds", "else nobody hears of the alert")
    if action.word("actionType") != "addactiongroups":
        yield Fault(joined(action.path, "actionType"), "must be AddActionGroups: all else silences alerts")


def _processing(action: str = "AddActionGroups", *groups: str, enabled: bool = True) -> dict[str, Any]:
    adds = {"actionType": "AddActionGroups", "actionGroupIds": ["a-group"]}
    second = {"actionType": action, "actionGroupIds": list(groups)}
    return {"properties": {"enabled": enabled, "actions": [adds, second]}}


def _events(*groups: str, kind: str = "MonitorAlert") -> dict[str, Any]:
    return {"destination": {"endpointType": kind, "actionGroups": list(groups)}}


def _becomes_alert(events: Any) -> bool:
    return bool(events["destination"]["endpointType"] == "MonitorAlert")


_OF_PROCESSING: Final = (ALERT_PROCESSING,)
_API: Final = "AlertProcessingRule, Microsoft.AlertsManagement 2021-08-08"
_EVENTS: Final = "SystemTopicEventSubscription, Microsoft.EventGrid 2025-02-15 (not re-read)"

RULE = Rule(
    id="MON-009",
    title="Nothing silences alerts, and what Azure itself tells reaches somebody",
    severity=Severity.MEDIUM,
    category=Category.LOGGING,
    types=(ALERT_PROCESSING, EVENT_SUBSCRIPTION),
    controls=("itsg33/AU-5", "itsg33/IR-6", "mcsb/LT-3", "gdpr/33", "gc-guardrails/11", "popa/10"),
    why="A rule that removes action groups is made for one weekend and silences every alert from then on.",
    fix="Let the rule add action groups (AddActionGroups, actionGroupIds), enabled; silence at the alert, with an end.",
    link="https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-processing-rules",
    properties=(
        Property("properties.enabled", True, Verdict.PASS, f"{_API}: on", of=_OF_PROCESSING),
        Property(f"{_ACTIONS}[*].actionType", ABSENT, Verdict.FAIL, f"{_API}: required", of=_OF_PROCESSING),
        Property(
            f"{_ACTIONS}[*].actionGroupIds",
            ABSENT,
            Verdict.FAIL,
            f"{_API}: required",
            of=_OF_PROCESSING,
            unknown=Verdict.PASS,
        ),
        Property(_GROUPS, ABSENT, Verdict.FAIL, f"{_EVENTS}: nobody", of=(EVENT_SUBSCRIPTION,), unknown=Verdict.PASS),
    ),
    check=check,
    good=(
        Example(_processing("addActionGroups", "a-group")),
        Example(_events("a-group"), type=EVENT_SUBSCRIPTION),
        Example(_events(kind="WebHook"), type=EVENT_SUBSCRIPTION),
    ),
    bad=(
        Example(_processing("RemoveAllActionGroups", "a-group"), title="the second action"),
        Example(_processing("AddActionGroups")),
        Example(_processing("AddActionGroups", "a-group", enabled=False)),
        Example(_events(), type=EVENT_SUBSCRIPTION),
    ),
    breaks=(
        Break("properties.enabled", False, of=_OF_PROCESSING),
        Break(f"{_ACTIONS}[*]", {"actionType": "RemoveAllActionGroups"}, of=_OF_PROCESSING),
        Break(f"{_ACTIONS}[*].actionType", ABSENT, of=_OF_PROCESSING),
        Break(f"{_ACTIONS}[*].actionGroupIds", [], of=_OF_PROCESSING),
        Break(_GROUPS, [], of=(EVENT_SUBSCRIPTION,), where=_becomes_alert),
    ),
)
