"""ST-006: data is not copied to the storage of another tenant."""

from __future__ import annotations

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import STORAGE_ACCOUNT
from policies.view import Judged, View


def check(account: View, _context: Context) -> Judged:
    """Neither replication nor copies cross the tenant's border."""
    yield from account.must_be("allowCrossTenantReplication", False)
    yield from account.must_be_one_of("allowedCopyScope", ("AAD", "PrivateLink"))


RULE = Rule(
    id="ST-006",
    title="Data is not copied to the storage of another tenant",
    severity=Severity.MEDIUM,
    category=Category.NETWORK,
    types=(STORAGE_ACCOUNT,),
    controls=(
        "itsg33/AC-4",
        "itsg33/SC-7(10)",
        "cis-azure/4.16",
        "hipaa/164.312(e)(1)",
        "gdpr/44",
        "gc-guardrails/5",
        "popa/10",
        "hia/60",
    ),
    equivalents={"azure_policy": ("92a89a79-6c52-4a7e-a03f-61306fc49312",)},
    why="One role on the account, and its content is copied to an account of strangers past our network.",
    fix="Set allowCrossTenantReplication to false and allowedCopyScope to AAD or PrivateLink.",
    link="https://learn.microsoft.com/azure/storage/common/security-restrict-copy-operations",
    properties=(
        Property(
            "allowCrossTenantReplication",
            False,
            Verdict.PASS,
            "StorageAccount, Microsoft.Storage 2024-01-01: false for new accounts",
        ),
        Property(
            "allowedCopyScope",
            ABSENT,
            Verdict.FAIL,
            "StorageAccount, Microsoft.Storage 2024-01-01: from and to everywhere unless it is set",
        ),
    ),
    check=check,
    good=(
        Example({"allowCrossTenantReplication": False, "allowedCopyScope": "AAD"}),
        Example({"allowedCopyScope": "privatelink"}, title="narrower, in another case"),
    ),
    bad=(
        Example({"allowCrossTenantReplication": True, "allowedCopyScope": "AAD"}),
        Example({"allowCrossTenantReplication": False}),
    ),
    breaks=(Break("allowCrossTenantReplication", True), Break("allowedCopyScope", ABSENT)),
)
