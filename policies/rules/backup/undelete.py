"""BCK-001: nobody removes backups before their time."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import BACKUP_VAULT
from policies.view import Judged, View

_SECURITY: Final = "properties.securitySettings"
_IMMUTABLE: Final = f"{_SECURITY}.immutabilitySettings.state"
_UNDELETE: Final = f"{_SECURITY}.softDeleteSettings.state"
_DAYS: Final = f"{_SECURITY}.softDeleteSettings.retentionDurationInDays"
# The fewest that Azure takes, and what it takes by itself.
_LEAST_DAYS: Final = 14


def check(vault: View, context: Context) -> Judged:
    """What is deleted can be restored; where state is protected, it can't be deleted before its time."""
    yield from vault.must_be_one_of(_UNDELETE, ("On", "AlwaysOn"))
    yield from vault.must_be_between(_DAYS, _LEAST_DAYS, None)
    if context.profile.parameters.protected_state:
        yield from vault.must_be_one_of(_IMMUTABLE, ("Unlocked", "Locked"))


def _vault(immutable: str = "Unlocked", undelete: str = "On", days: int = 14) -> dict[str, Any]:
    settings = {"state": undelete, "retentionDurationInDays": days}
    return {
        "properties": {
            "securitySettings": {"immutabilitySettings": {"state": immutable}, "softDeleteSettings": settings}
        }
    }


def _state(vault: Any) -> str:
    return str(vault["properties"]["securitySettings"]["immutabilitySettings"]["state"])


_API: Final = "BackupVault, Microsoft.DataProtection 2025-01-01"

RULE = Rule(
    id="BCK-001",
    title="Nobody removes backups before their time",
    severity=Severity.HIGH,
    category=Category.RESILIENCE,
    types=(BACKUP_VAULT,),
    controls=(
        "itsg33/CP-9",
        "itsg33/SC-28",
        "mcsb/BR-1",
        "mcsb/BR-2",
        "hipaa/164.312(c)(1)",
        "gdpr/32(1)(c)",
        "gc-guardrails/13",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "psrule": ("Azure.BV.Immutable",),
        "azure_policy": ("9798d31d-6028-4dee-8643-46102185c016", "2514263b-bc0d-4b06-ac3e-f262c0979018"),
    },
    parameters=("protected_state",),
    why="Whoever blackmails with encrypted data deletes the backups first.",
    fix="Set softDeleteSettings.state to On for 14 days or more, and immutabilitySettings.state to Unlocked or Locked "
    "(settings: cluster.backup.immutability).",
    link="https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept",
    properties=(
        Property(_UNDELETE, "On", Verdict.PASS, f"{_API}: On (not re-read)"),
        Property(_DAYS, _LEAST_DAYS, Verdict.PASS, f"{_API}: 14 (not re-read)"),
        Property(_IMMUTABLE, "Disabled", Verdict.FAIL, f"{_API}: Disabled (not re-read)"),
    ),
    check=check,
    good=(
        Example(_vault()),
        Example(_vault("locked", "AlwaysOn", 180)),
        Example(_vault("Disabled"), environment="test"),
    ),
    bad=(
        Example(_vault("Disabled")),
        Example(_vault(undelete="Off")),
        Example(_vault(days=13)),
        Example(_vault(undelete="Off"), environment="dev"),
    ),
    breaks=(
        Break(_UNDELETE, "Off"),
        Break(_DAYS, 1),
        Break(_IMMUTABLE, "Disabled", where=lambda vault: _state(vault) != "Disabled"),
        Break(f"{_SECURITY}.immutabilitySettings", ABSENT, where=lambda vault: _state(vault) != "Disabled"),
    ),
)
