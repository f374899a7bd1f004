"""MON-004: a diagnostic setting that names logs sends them to a workspace; of a cluster, those of its audit."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules.monitoring._settings import API, SUBSCRIPTION, WORKSPACE, exported, of_subscription
from policies.types import DIAGNOSTIC_SETTING
from policies.view import Fault, Judged, View

_EVERYTHING: Final = frozenset({"audit", "alllogs"})


def applies(setting: View, _context: Context) -> bool:
    """Settings of resources; some have metrics only, and the activity log has a rule of its own."""
    return setting.has("logs") and not of_subscription(setting)


def check(setting: View, _context: Context) -> Judged:
    """A workspace as the target, a log that is on, and what a cluster's audit is made of."""
    yield from setting.must_be_set("workspaceId", "so that logs can be searched together")
    for log in setting.each("logs"):
        yield from log.must_be("retentionPolicy.enabled", False, "Azure took away retention by settings in 2025")
    on = exported(setting)
    if not on:
        yield Fault("logs", "has no log that is on")
    elif "/managedclusters/" in setting.word("resourceUri", absent="") and not on & _EVERYTHING:
        for category in ("kube-audit-admin", "guard"):
            if category not in on and not (category == "kube-audit-admin" and "kube-audit" in on):
                yield Fault("logs", f"must have the category {category}")


def _setting(*logs: dict[str, Any], of: str = "KeyVault/vaults/kv", **changed: Any) -> dict[str, Any]:
    uri = f"{SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.{of}"
    return {"resourceUri": uri, "workspaceId": WORKSPACE, "logs": list(logs), **changed}


def _on(category: str) -> dict[str, Any]:
    return {"category": category, "enabled": True}


_ALL: Final = {"categoryGroup": "allLogs", "enabled": True, "retentionPolicy": {"enabled": False, "days": 0}}
_CLUSTER: Final = "ContainerService/managedClusters/aks"

RULE = Rule(
    id="MON-004",
    title="Diagnostic settings send logs to a workspace, those of an audit among them",
    severity=Severity.HIGH,
    category=Category.LOGGING,
    types=(DIAGNOSTIC_SETTING,),
    controls=(
        "itsg33/AU-2",
        "itsg33/AU-12",
        "mcsb/LT-3",
        "cis-azure/6.1.4",
        "cis-aks/2.1.1",
        "hipaa/164.312(b)",
        "gdpr/32(1)(d)",
        "gdpr/33",
        "gc-guardrails/11",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "psrule": ("Azure.AKS.AuditLogs", "Azure.AKS.AuditAdmin", "Azure.KeyVault.Logs"),
        "azure_policy": ("cf820ca0-f99e-4f3e-84fb-66e913812d21", "245fc9df-fa96-4414-9a0b-3738c2f7341c"),
    },
    why="A setting that is there but exports nothing looks like an audit trail until somebody needs it.",
    fix="Name a workspaceId; switch on the group audit or allLogs; of a cluster kube-audit-admin and guard.",
    link="https://learn.microsoft.com/azure/azure-monitor/platform/diagnostic-settings",
    properties=(
        Property("workspaceId", ABSENT, Verdict.FAIL, API, unknown=Verdict.PASS),
        Property("logs[*].enabled", False, Verdict.FAIL, API),
        Property("logs[*].retentionPolicy.enabled", False, Verdict.PASS, API),
    ),
    applies=applies,
    check=check,
    good=(
        Example(_setting(_ALL)),
        Example(_setting(_on("kube-audit-admin"), _on("guard"), of=_CLUSTER)),
        Example(_setting(_on("kube-audit"), _on("guard"), of=_CLUSTER)),
        Example(_setting(_ALL, of=_CLUSTER)),
    ),
    bad=(
        Example(_setting(_ALL, workspaceId=None)),
        Example(_setting({"categoryGroup": "allLogs", "enabled": False})),
        Example(_setting()),
        Example(_setting({**_ALL, "retentionPolicy": {"enabled": True, "days": 30}})),
        Example(_setting(_on("guard"), _on("kube-apiserver"), of=_CLUSTER)),
        Example(_setting(_on("kube-audit-admin"), of=_CLUSTER)),
    ),
    breaks=(
        Break("workspaceId", ABSENT),
        Break("logs", []),
        Break("logs[*].enabled", False, where=lambda setting: len(setting["logs"]) == 1),
        Break("logs[*].retentionPolicy.enabled", True),
        Break("logs", [_on("guard")], where=lambda setting: "/managedClusters/" in setting["resourceUri"]),
        Break("logs", [_on("kube-audit-admin")], where=lambda setting: "/managedClusters/" in setting["resourceUri"]),
    ),
)
