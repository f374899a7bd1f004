"""MON-004: a diagnostic setting that names logs sends those that an investigation needs to a workspace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from facts.diagnostics import all_diagnostics
from policies.resource import Resource
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Scope, Severity, Verdict
from policies.rules._arm_types import arm_type
from policies.rules.monitoring._settings import (
    API,
    SUBSCRIPTION,
    WORKSPACE,
    exported,
    exported_together,
    logged_type,
    of_subscription,
)
from policies.types import DIAGNOSTIC_SETTING
from policies.view import Fault, Judged, View

# What tells who read or changed what, where a setting names categories; of each group one. Elsewhere any log will do.
_NEEDED: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "Microsoft.ContainerService/managedClusters": (("kube-audit-admin", "kube-audit"), ("guard",)),
    "Microsoft.KeyVault/vaults": (("AuditEvent",),),
    "Microsoft.CognitiveServices/accounts": (("Audit",),),
    "Microsoft.ContainerRegistry/registries": (
        ("ContainerRegistryLoginEvents",),
        ("ContainerRegistryRepositoryEvents",),
    ),
    "Microsoft.Storage/storageAccounts/blobServices": (("StorageRead",), ("StorageWrite",), ("StorageDelete",)),
}
_EVERYTHING: Final = frozenset({"audit", "alllogs"})


def applies(setting: View, context: Context) -> bool:
    """Settings of resources; some have metrics only, and the activity log has a rule of its own."""
    return setting.has("logs") and not of_subscription(setting, context)


def check(setting: View, context: Context) -> Judged:
    """A workspace as the target, a log that is on, categories that exist, and those of an investigation."""
    yield from setting.must_be_set("workspaceId", "so that logs can be searched together")
    for log in setting.each("logs"):
        yield from log.must_be("retentionPolicy.enabled", False, "Azure took away retention by settings in 2025")
    on = exported(setting)
    if not on:
        yield Fault("logs", "has no log that is on")
        return
    type_ = logged_type(setting, context)
    yield from _categories(setting, type_)
    together = exported_together(context)
    for one_of in () if together & _EVERYTHING else _NEEDED.get(type_, ()):
        if not together & {category.lower() for category in one_of}:
            yield Fault("logs", f"must have the category {' or '.join(one_of)}")


def _categories(setting: View, type_: str) -> Judged:
    row = all_diagnostics().get(type_)
    known = {category.lower() for category in row.logs or ()} if row is not None else set()
    for log in setting.each("logs"):
        category = log.word("category", absent="")
        if known and category and category not in known:
            yield Fault(f"{log.path}.category", f"is no category of {type_}, and Azure refuses it")


def _setting(*logs: dict[str, Any], of: str = "KeyVault/vaults/kv", **changed: Any) -> dict[str, Any]:
    uri = f"{SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.{of}"
    return {"resourceUri": uri, "workspaceId": WORKSPACE, "logs": list(logs), **changed}


def _on(category: str) -> dict[str, Any]:
    return {"category": category, "enabled": True}


_ALL: Final = {"categoryGroup": "allLogs", "enabled": True, "retentionPolicy": {"enabled": False, "days": 0}}
_CLUSTER: Final = "ContainerService/managedClusters/aks"


def _other(*logs: dict[str, Any]) -> Resource:
    """A second setting of the cluster."""
    return Resource(type=DIAGNOSTIC_SETTING, name="other", properties=_setting(*logs, of=_CLUSTER))


def _of_cluster(found: Mapping[str, Any]) -> bool:
    return "/managedClusters/" in found["resourceUri"]


def _is_in_table(found: Mapping[str, Any]) -> bool:
    row = all_diagnostics().get(arm_type(found["resourceUri"]))
    return row is not None and bool(row.logs)


RULE = Rule(
    id="MON-004",
    title="Diagnostic settings send logs to a workspace, those of an audit among them",
    severity=Severity.HIGH,
    category=Category.LOGGING,
    types=(DIAGNOSTIC_SETTING,),
    scope=Scope.STACK,
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
        Example(_setting(_on("guard"), of=_CLUSTER), others=(_other(_on("kube-audit")),), title="in two settings"),
        Example(_setting(_on("AuditEvent"))),
        Example(_setting(_on("AllMetricsOfSomethingNew"), of="Example/things/one"), title="a type that no table has"),
    ),
    bad=(
        Example(_setting(_ALL, workspaceId=None)),
        Example(_setting({"categoryGroup": "allLogs", "enabled": False})),
        Example(_setting()),
        Example(_setting({**_ALL, "retentionPolicy": {"enabled": True, "days": 30}})),
        Example(_setting(_on("guard"), _on("kube-apiserver"), of=_CLUSTER)),
        Example(_setting(_on("kube-audit-admin"), of=_CLUSTER)),
        Example(_setting(_on("guard"), of=_CLUSTER), others=(_other({**_on("kube-audit"), "enabled": False}),)),
        Example(_setting(_on("AzurePolicyEvaluationDetails")), title="not the vault's audit"),
        Example(_setting(_ALL, _on("AuditEvents")), title="no such category"),
        Example(_setting(_on("StorageRead"), of="Storage/storageAccounts/st/blobServices/default")),
    ),
    breaks=(
        Break("workspaceId", ABSENT),
        Break("logs", []),
        Break("logs[*].enabled", False, where=lambda setting: len(setting["logs"]) == 1),
        Break("logs[*].retentionPolicy.enabled", True),
        Break("logs", [_on("guard")], where=_of_cluster),
        Break("logs", [_on("kube-audit-admin")], where=_of_cluster),
        Break("logs", [_on("AzurePolicyEvaluationDetails")], where=lambda found: "/vaults/" in found["resourceUri"]),
        Break("logs[*].category", "NoSuchLog", where=_is_in_table),
    ),
)
