"""OAI-008: what people ask a model stays out of the logs where the classification demands it."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules.monitoring._settings import WORKSPACE, exported, logged_type
from policies.types import DIAGNOSTIC_SETTING
from policies.view import Fault, Judged, View

_ACCOUNTS: Final = "Microsoft.CognitiveServices/accounts"
# The groups that have the requests in them: allLogs has everything, audit has not (learn.microsoft.com, monitor-openai,
# not re-read).
_REQUESTS: Final = frozenset({"requestresponse", "alllogs"})


def applies(setting: View, context: Context) -> bool:
    """Settings of AI accounts, where prompts may not be logged."""
    return not context.profile.demands.prompt_logging and logged_type(setting, context) == _ACCOUNTS


def check(setting: View, _context: Context) -> Judged:
    """Neither the category of requests nor the group that has it is on."""
    for name in sorted(_REQUESTS & exported(setting)):
        yield Fault("logs", f"must not have {name}: prompts would be read by whoever reads logs")


def _account(name: str) -> str:
    return f"/subscriptions/s/resourceGroups/rg/providers/{_ACCOUNTS}/{name}"


def _setting(*categories: str, group: str = "", on: bool = True, uri: str = _account("oai")) -> dict[str, Any]:
    logs: list[dict[str, Any]] = [{"category": each, "enabled": True} for each in ("Audit", "Trace")]
    logs += [{"category": each, "enabled": on} for each in categories]
    logs += [{"categoryGroup": group, "enabled": True}] if group else []
    return {"resourceUri": uri, "workspaceId": WORKSPACE, "logs": logs}


def _is_of_account(setting: Any) -> bool:
    return f"/{_ACCOUNTS.lower()}/" in str(setting["resourceUri"]).lower()


RULE = Rule(
    id="OAI-008",
    title="What people ask a model stays out of the logs",
    severity=Severity.HIGH,
    category=Category.PRIVACY,
    types=(DIAGNOSTIC_SETTING,),
    controls=("itsg33/AC-6", "itsg33/AU-9", "gdpr/5(1)(e)", "gdpr/25", "popa/26"),
    why="Case workers paste files of citizens into prompts; in the logs every operator reads them, for a year.",
    fix="Export Audit and Trace of the account, and neither RequestResponse nor the group allLogs.",
    link="https://learn.microsoft.com/azure/ai-services/openai/how-to/monitor-openai",
    properties=(
        Property(
            "logs[*].enabled",
            False,
            Verdict.PASS,
            "DiagnosticSetting, Microsoft.Insights 2021-05-01-preview (not re-read)",
        ),
    ),
    applies=applies,
    check=check,
    good=(
        Example(_setting()),
        Example(_setting("RequestResponse", on=False)),
        Example(_setting("RequestResponse"), classification="Protected A"),
        Example(_setting("RequestResponse", uri="/subscriptions/s/resourceGroups/rg/providers/p/t/n"), title="not AI"),
    ),
    bad=(
        Example(_setting("RequestResponse")),
        Example(_setting("requestResponse"), classification="Protected C"),
        Example(_setting(group="allLogs")),
    ),
    breaks=(
        Break(
            "logs",
            [{"category": "RequestResponse", "enabled": True}],
            where=_is_of_account,
            companions=("STK-003", "MON-004"),
        ),
        Break("logs", [{"categoryGroup": "allLogs", "enabled": True}], where=_is_of_account),
    ),
)
