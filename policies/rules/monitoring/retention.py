"""MON-001: logs can be searched as long as the classification demands, and none are dropped where it demands all."""

from __future__ import annotations

from policies.rule import Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import LOG_WORKSPACE
from policies.view import Judged, View

_NO_CAP = -1


def check(workspace: View, context: Context) -> Judged:
    """The days of retention; no daily cap where logs are to be complete."""
    demands = context.profile.demands
    yield from workspace.must_be_between("retentionInDays", demands.log_retention_days, None)
    if demands.complete_logs:
        yield from workspace.must_be("workspaceCapping.dailyQuotaGb", _NO_CAP, "because a cap drops logs silently")


RULE = Rule(
    id="MON-001",
    title="Logs are kept as long and as complete as their classification demands",
    severity=Severity.HIGH,
    category=Category.LOGGING,
    types=(LOG_WORKSPACE,),
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
    fix="Set retentionInDays to what the classification demands; leave workspaceCapping out where it wants all logs.",
    link="https://learn.microsoft.com/azure/azure-monitor/logs/data-retention-configure",
    properties=(
        Property(
            "retentionInDays",
            30,
            Verdict.FAIL,
            "Workspace, Microsoft.OperationalInsights 2023-09-01: 30 with PerGB2018 (not re-read)",
        ),
        Property(
            "workspaceCapping.dailyQuotaGb",
            _NO_CAP,
            Verdict.PASS,
            "Workspace, Microsoft.OperationalInsights 2023-09-01: no cap, which -1 stands for (not re-read)",
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
    ),
    bad=(
        Example({"retentionInDays": 364}),
        Example({}),
        Example({"retentionInDays": 365, "workspaceCapping": {"dailyQuotaGb": 100}}),
        Example({"retentionInDays": 365}, classification="Protected C"),
        Example({"retentionInDays": 89}, environment="test", classification="Protected A"),
    ),
    breaks=(
        Break("retentionInDays", 30),
        Break("workspaceCapping.dailyQuotaGb", 50, where=lambda workspace: workspace["retentionInDays"] >= 365),
    ),
)
