"""MON-007: an alert reaches somebody."""

from __future__ import annotations

from typing import Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules._faults import changing
from policies.types import ACTION_GROUP
from policies.values import is_list
from policies.view import Fault, Judged, View

_RECEIVERS: Final = (
    "emailReceivers",
    "smsReceivers",
    "voiceReceivers",
    "webhookReceivers",
    "armRoleReceivers",
    "azureAppPushReceivers",
    "azureFunctionReceivers",
    "automationRunbookReceivers",
    "eventHubReceivers",
    "itsmReceivers",
    "logicAppReceivers",
)


def check(group: View, _context: Context) -> Judged:
    """It is on, and has a receiver of any kind."""
    yield from group.must_be("enabled", True)
    found = [group.raw(kind) for kind in _RECEIVERS if group.has(kind)]
    if not any(is_list(receivers) and receivers for receivers in found):
        yield Fault("emailReceivers", "must be set, or receivers of another kind")


_EMAIL: Final = [{"name": "owner", "emailAddress": "owner@gov.example"}]
_API: Final = "ActionGroup, Microsoft.Insights 2023-01-01 (not re-read)"

RULE = Rule(
    id="MON-007",
    title="Alerts reach somebody",
    severity=Severity.MEDIUM,
    category=Category.LOGGING,
    types=(ACTION_GROUP,),
    controls=("itsg33/AU-5", "itsg33/IR-6", "mcsb/LT-3", "gdpr/33", "gc-guardrails/11", "popa/10"),
    why="Alerts fire into an action group without receivers, or one that is off, and nobody is told.",
    fix="Give the action group an email receiver of the team, and leave enabled true (settings: monitoring.contacts).",
    link="https://learn.microsoft.com/azure/azure-monitor/alerts/action-groups",
    properties=(
        Property("enabled", True, Verdict.PASS, _API),
        Property("emailReceivers", ABSENT, Verdict.FAIL, _API),
    ),
    check=check,
    good=(
        Example({"enabled": True, "emailReceivers": _EMAIL}),
        Example({"emailReceivers": [], "armRoleReceivers": [{"name": "owner"}]}),
    ),
    bad=(
        Example({"enabled": False, "emailReceivers": _EMAIL}),
        Example({"emailReceivers": [], "webhookReceivers": []}),
        Example({}),
    ),
    breaks=(Break("enabled", False), changing("no receiver", *((kind, []) for kind in _RECEIVERS))),
)
