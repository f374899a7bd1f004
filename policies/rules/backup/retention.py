"""BCK-003: backups are kept long enough, and a copy leaves the place where the data is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from policies.durations import duration
from policies.rule import ABSENT, Category, Context, Example, Property, Rule, Severity, StackBreak, Verdict
from policies.rules._faults import changing
from policies.types import BACKUP_POLICY
from policies.values import joined
from policies.view import Fault, Judged, View, guarded

_RULES: Final = "properties.policyRules"
_AFTER: Final = "deleteAfter.duration"


def check(policy: View, context: Context) -> Judged:
    """Every store keeps its backups for the days of the profile; where storage is redundant, the vault has copies."""
    for lifecycle in _lifecycles(policy):
        yield from guarded(_long_enough(lifecycle, context.profile.parameters.backup_days))
    if context.profile.parameters.redundant_storage and not any(_copies(one) for one in _lifecycles(policy)):
        yield Fault(_RULES, "must have a lifecycle that copies to the VaultStore")


def _lifecycles(policy: View) -> Iterator[View]:
    for rule in policy.each(_RULES):
        yield from rule.each("lifecycles")


def _long_enough(lifecycle: View, days: int) -> Judged:
    path = joined(lifecycle.path, _AFTER)
    if not lifecycle.has(_AFTER):
        yield Fault(path, "must be set")
    elif duration(lifecycle.text(_AFTER), path).days < days:
        yield Fault(path, f"must be at least {days} days (backup_days)")


def _copies(lifecycle: View) -> bool:
    copies = lifecycle.each("targetDataStoreCopySettings")
    return any(copy.word("dataStore.dataStoreType", absent="") == "vaultstore" for copy in copies)


def _kept(days: str, *, copied: bool = True) -> dict[str, Any]:
    copies = [{"dataStore": {"dataStoreType": "VaultStore"}}] if copied else []
    return {"deleteAfter": {"duration": days}, "targetDataStoreCopySettings": copies}


def _policy(*lifecycles: dict[str, Any]) -> dict[str, Any]:
    backup = {"objectType": "AzureBackupRule", "name": "BackupDaily"}
    kept = {"objectType": "AzureRetentionRule", "name": "Default", "lifecycles": list(lifecycles)}
    return {"properties": {"policyRules": [backup, kept]}}


def _breaks() -> Iterator[StackBreak]:
    every = f"{_RULES}[*].lifecycles[*]"
    yield changing("backups go after a day", (f"{every}.{_AFTER}", "P1D"))
    yield changing("nothing says how long", (f"{every}.deleteAfter", ABSENT))
    copied = f"{every}.targetDataStoreCopySettings"
    yield changing("no copy", (copied, ABSENT), where=lambda policy: any(map(_copies, _lifecycles(policy))))


RULE = Rule(
    id="BCK-003",
    title="Backups are kept long enough, and a copy leaves the place where the data is",
    severity=Severity.MEDIUM,
    category=Category.RESILIENCE,
    types=(BACKUP_POLICY,),
    controls=("itsg33/CP-9", "itsg33/CP-6", "mcsb/BR-1", "gdpr/32(1)(c)", "gc-guardrails/13", "popa/10"),
    parameters=("backup_days", "redundant_storage"),
    why="A wrong change shows after weeks; snapshots beside the cluster are lost with its region or its subscription.",
    fix="Set deleteAfter.duration of each lifecycle to the days of the profile, and copy to the VaultStore once a day "
    "(settings: cluster.backup.retention_days, cluster.backup.vault_retention_days).",
    link="https://learn.microsoft.com/azure/backup/azure-kubernetes-service-cluster-backup-concept",
    properties=(
        Property(
            f"{_RULES}[*].lifecycles[*].{_AFTER}",
            ABSENT,
            Verdict.FAIL,
            "BackupPolicy, Microsoft.DataProtection 2025-01-01: required",
        ),
    ),
    check=check,
    good=(
        Example(_policy(_kept("P30D"), _kept("P1Y", copied=False))),
        Example(_policy(_kept("P7D", copied=False)), environment="test"),
    ),
    bad=(
        Example(_policy(_kept("P30D"), _kept("P29D")), title="the second lifecycle"),
        Example(_policy(_kept("P30D", copied=False))),
        Example(_policy(_kept("P6D")), environment="test"),
    ),
    breaks=tuple(_breaks()),
)
