"""MON-001: logs can be searched as long as the classification demands, and none are dropped where it demands all."""

from __future__ import annotations

from policies.rule import Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import LOG_TABLE, LOG_WORKSPACE
from policies.view import Judged, View

_NO_CAP = -1
_OF_TABLE = "totalRetentionInDays"
# A table with these keeps logs as long as its workspace does.
_AS_THE_WORKSPACE = -1


def check(view: View, context: Context) -> Judged:
    """The days of retention, of the workspace or of one table; no daily cap where logs are to be complete."""
    demands = context.profile.demands
    if context.resource.type == LOG_TABLE:
        if view.number(_OF_TABLE) != _AS_THE_WORKSPACE:
            yield from view.must_be_between(_OF_TABLE, demands.log_retention_days, None)
        return
    yield from view.must_be_between("retentionInDays", demands.log_retention_days, None)
    if demands.complete_logs:
        yield from view.must_be("workspaceCapping.dailyQuotaGb", _NO_CAP, "because a cap drops logs silently")


RULE = Rule(
    id="MON-001",
    title="Logs are kept as long and as complete as their classification demands",
    severity=Severity.HIGH,
    category=Category.LOGGING,
    types=(LOG_WORKSPACE, LOG_TABLE),
    controls=(
        "itsg33/AU-11",
        "itsg33/AU-5",
        "mcsb/LT-6",
        "hipaa/164.312(b)",
        "gdpr/5(1)(e)",
        "gc-guardrails/11",
        "popa/10",
        "hia/60",
    ),
    equivalents={"azure_policy": ("b02aacc0-b073-424e-8298-42b22829ee0a",), "trivy": ("AZU-0031",)},
    why="An intrusion is often found months later, when the logs are gone; a daily cap loses the day of the attack.",
    fix="Set retentionInDays (of a table totalRetentionInDays) to what the classification demands; leave "
    "workspaceCapping out where it wants all logs (settings: monitoring.retention_days, "
    "governance.records.audit_days).",
    link="https://learn.microsoft.com/azure/azure-monitor/logs/data-retention-configure",
    properties=(
        Property(
            "retentionInDays",
            30,
            Verdict.FAIL,
            "Workspace, Microsoft.OperationalInsights 2023-09-01: 30 with PerGB2018 (not re-read)",
            of=(LOG_WORKSPACE,),
        ),
        Property(
            "workspaceCapping.dailyQuotaGb",
            _NO_CAP,
            Verdict.PASS,
            "Workspace, Microsoft.OperationalInsights 2023-09-01: no cap, which -1 stands for (not re-read)",
            of=(LOG_WORKSPACE,),
        ),
        Property(
            _OF_TABLE,
            _AS_THE_WORKSPACE,
            Verdict.PASS,
            "Table, Microsoft.OperationalInsights 2023-09-01: as long as the workspace (not re-read)",
            of=(LOG_TABLE,),
        ),
    ),
    check=check,
    good=(
        Example({"retentionInDays": 365, "workspaceCapping": {"dailyQuotaGb": -1}}),
        Example({"retentionInDays": 730}),
        Example(
            {"retentionInDays": 90, "workspaceCapping": {"dailyQuotaGb": 5}},
            environment="test",
            classification="Protected A",
        ),
        Example({"retentionInDays": 30}, environment="dev", classification="Public"),
        Example({_OF_TABLE: 365}, type=LOG_TABLE),
        Example({_OF_TABLE: -1}, type=LOG_TABLE),
    ),
    bad=(
        Example({"retentionInDays": 364}),
        Example({}),
        Example({"retentionInDays": 365, "workspaceCapping": {"dailyQuotaGb": 100}}),
        Example({"retentionInDays": 365}, classification="Protected C"),
        Example({"retentionInDays": 89}, environment="test", classification="Protected A"),
        Example({_OF_TABLE: 364}, type=LOG_TABLE),
    ),
    breaks=(
        Break("retentionInDays", 30, of=(LOG_WORKSPACE,)),
        Break(_OF_TABLE, 30, of=(LOG_TABLE,)),
        Break(
            "workspaceCapping.dailyQuotaGb",
            50,
            of=(LOG_WORKSPACE,),
            where=lambda workspace: workspace["retentionInDays"] >= 365,
        ),
    ),
)
