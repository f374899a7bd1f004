"""KV-001: a deleted vault, key or secret can be restored."""

from __future__ import annotations

from typing import Any

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import MANAGED_HSM, VAULT
from policies.view import Judged, View


def check(vault: View, context: Context) -> Judged:
    """What is deleted stays for the days of the profile, and nobody shortens that."""
    yield from vault.must_be("properties.enablePurgeProtection", True)
    yield from vault.must_be("properties.enableSoftDelete", True)
    fewest = context.profile.parameters.vault_retention_days
    yield from vault.must_be_between("properties.softDeleteRetentionInDays", fewest, None)


def _vault(**changes: Any) -> dict[str, Any]:
    kept = {"enablePurgeProtection": True, "enableSoftDelete": True, "softDeleteRetentionInDays": 90}
    return {"properties": {**kept, **changes}}


RULE = Rule(
    id="KV-001",
    title="A deleted vault, key or secret can be restored",
    severity=Severity.CRITICAL,
    category=Category.RESILIENCE,
    types=(VAULT, MANAGED_HSM),
    controls=(
        "itsg33/CP-9",
        "itsg33/SC-12(1)",
        "mcsb/DP-8",
        "cis-azure/3.3.5",
        "hipaa/164.312(c)(1)",
        "gdpr/32(1)(c)",
        "gc-guardrails/6",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_110", "CKV_AZURE_111", "CKV_AZURE_42"),
        "psrule": ("Azure.KeyVault.PurgeProtect", "AZR-000125", "Azure.KeyVault.SoftDelete", "AZR-000124"),
        "azure_policy": (
            "0b60c0b2-2dc2-4e1c-b5c9-abbed971de53",
            "1e66c121-a66a-4b1f-9b83-0fd99bf0fc2d",
            "c39ba22d-4428-4149-b981-70acb31fc383",
        ),
        "trivy": ("AZU-0016",),
    },
    parameters=("vault_retention_days",),
    why="Without its key, data that is encrypted with it is lost for ever: a mistake deletes one object.",
    fix="Set enablePurgeProtection to true and softDeleteRetentionInDays to the days of the profile.",
    link="https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview",
    properties=(
        Property(
            "properties.enablePurgeProtection",
            False,
            Verdict.FAIL,
            "Vault, Microsoft.KeyVault 2024-11-01: off unless it is true",
            of=(VAULT,),
        ),
        Property(
            "properties.enablePurgeProtection",
            True,
            Verdict.PASS,
            "ManagedHsm, Microsoft.KeyVault 2024-11-01: true where nothing is set",
            of=(MANAGED_HSM,),
        ),
        Property(
            "properties.enableSoftDelete",
            True,
            Verdict.PASS,
            "Vault, Microsoft.KeyVault 2024-11-01: true where nothing is set",
        ),
        Property(
            "properties.softDeleteRetentionInDays",
            90,
            Verdict.PASS,
            "learn.microsoft.com/azure/key-vault/general/soft-delete-overview: 90 days",
        ),
    ),
    check=check,
    good=(
        Example(_vault()),
        Example(_vault(), type=MANAGED_HSM),
        Example(_vault(softDeleteRetentionInDays=7), environment="dev"),
    ),
    bad=(
        Example(_vault(enablePurgeProtection=False)),
        Example(_vault(enablePurgeProtection=False), type=MANAGED_HSM),
        Example(_vault(enableSoftDelete=False)),
        Example(_vault(softDeleteRetentionInDays=89)),
        Example(_vault(softDeleteRetentionInDays=6), environment="dev"),
    ),
    breaks=(
        Break("properties.enablePurgeProtection", False),
        Break("properties.enablePurgeProtection", ABSENT, of=(VAULT,)),
        Break("properties.enableSoftDelete", False),
        Break("properties.softDeleteRetentionInDays", 7),
    ),
)
