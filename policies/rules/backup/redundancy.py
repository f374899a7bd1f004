"""BCK-002: backups outlive the loss of a data centre, and somebody hears of those that fail."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import BACKUP_VAULT
from policies.view import Judged, View

_STORES: Final = "properties.storageSettings"
_ALERTS: Final = "properties.monitoringSettings.azureMonitorAlertSettings.alertsForAllJobFailures"


def check(vault: View, context: Context) -> Judged:
    """Alerts of failed jobs are on; where storage is redundant, each of the vault's stores is."""
    yield from vault.must_be(_ALERTS, "Enabled")
    if context.profile.parameters.redundant_storage:
        yield from vault.must_be_set(_STORES)
        for store in vault.each(_STORES):
            yield from store.must_be_one_of("type", ("ZoneRedundant", "GeoRedundant"))


def _vault(*types: str, alerts: str = "Enabled") -> dict[str, Any]:
    stores = [{"datastoreType": "VaultStore", "type": one} for one in types]
    watched = {"azureMonitorAlertSettings": {"alertsForAllJobFailures": alerts}}
    return {"properties": {"storageSettings": stores, "monitoringSettings": watched}}


def _type(vault: Any) -> str:
    return str(vault["properties"]["storageSettings"][0]["type"])


_API: Final = "BackupVault, Microsoft.DataProtection 2025-01-01"

RULE = Rule(
    id="BCK-002",
    title="Backups outlive the loss of a data centre, and somebody hears of those that fail",
    severity=Severity.MEDIUM,
    category=Category.RESILIENCE,
    types=(BACKUP_VAULT,),
    controls=("itsg33/CP-9", "itsg33/CP-6", "mcsb/BR-1", "mcsb/BR-3", "gdpr/32(1)(c)", "gc-guardrails/13", "popa/10"),
    equivalents={"azure_policy": ("4bd1f3c0-9443-49ad-b8bc-7c17a92b5924",)},
    parameters=("redundant_storage",),
    why="A backup in the building that burned, or one that has failed for months, is none.",
    fix="Make the vault with storageSettings of type GeoRedundant, and enable alertsForAllJobFailures (settings: "
    "cluster.backup.redundancy).",
    link="https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault",
    properties=(
        Property(_ALERTS, ABSENT, Verdict.FAIL, f"{_API}: names no default, so it must be written"),
        Property(f"{_STORES}[*].type", ABSENT, Verdict.FAIL, f"{_API}: required"),
    ),
    check=check,
    good=(
        Example(_vault("GeoRedundant")),
        Example(_vault("zoneRedundant", "GeoRedundant"), environment="dr"),
        Example(_vault("LocallyRedundant"), environment="test"),
    ),
    bad=(
        Example(_vault("GeoRedundant", "LocallyRedundant"), title="the second store"),
        Example(_vault()),
        Example(_vault("GeoRedundant", alerts="Disabled")),
        Example({"properties": {}}, environment="test"),
    ),
    breaks=(
        Break(f"{_STORES}[*].type", "LocallyRedundant", where=lambda vault: _type(vault) != "LocallyRedundant"),
        Break(_STORES, ABSENT, where=lambda vault: _type(vault) != "LocallyRedundant"),
        Break(_ALERTS, "Disabled"),
        Break("properties.monitoringSettings", ABSENT),
    ),
)
