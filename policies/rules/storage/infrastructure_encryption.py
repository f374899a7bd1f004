"""ST-011: storage is encrypted a second time, below the service."""

from __future__ import annotations

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import ENCRYPTION_SCOPE, STORAGE_ACCOUNT
from policies.view import Judged, View


def applies(_view: View, context: Context) -> bool:
    """Where the classification demands it."""
    return context.profile.demands.infrastructure_encryption


def check(view: View, context: Context) -> Judged:
    """Data is encrypted a second time, below the service."""
    path = "encryption." if context.resource.type == STORAGE_ACCOUNT else ""
    yield from view.must_be(f"{path}requireInfrastructureEncryption", True)


RULE = Rule(
    id="ST-011",
    title="Storage is encrypted a second time, below the service",
    severity=Severity.MEDIUM,
    category=Category.ENCRYPTION,
    types=(
        STORAGE_ACCOUNT,
        ENCRYPTION_SCOPE,
    ),
    controls=(
        "itsg33/SC-28(1)",
        "itsg33/SC-12",
        "mcsb/DP-4",
        "cis-azure/4.2",
        "hipaa/164.312(a)(2)(iv)",
        "gdpr/32(1)(a)",
        "gc-guardrails/6",
        "popa/10",
        "hia/60",
    ),
    equivalents={"azure_policy": ("4733ea7b-a883-42fe-8cac-97454c2a9e4a",), "trivy": ("AZU-0061",)},
    why="Should one key or one algorithm fall, the second layer still stands; it can't be added later.",
    fix="Create the account with encryption.requireInfrastructureEncryption true.",
    link="https://learn.microsoft.com/azure/storage/common/infrastructure-encryption-enable",
    properties=(
        Property(
            "encryption.requireInfrastructureEncryption",
            False,
            Verdict.FAIL,
            "StorageAccount, Microsoft.Storage 2024-01-01: off unless it is true",
            of=(STORAGE_ACCOUNT,),
        ),
        Property(
            "requireInfrastructureEncryption",
            False,
            Verdict.FAIL,
            "EncryptionScope, Microsoft.Storage 2024-01-01: off unless it is true",
            of=(ENCRYPTION_SCOPE,),
        ),
    ),
    applies=applies,
    check=check,
    good=(
        Example({"encryption": {"requireInfrastructureEncryption": True}}),
        Example({"requireInfrastructureEncryption": True}, type=ENCRYPTION_SCOPE),
        Example({}, classification="Protected A"),
    ),
    bad=(
        Example({"encryption": {"requireInfrastructureEncryption": False}}),
        Example({}),
        Example({"requireInfrastructureEncryption": False}, type=ENCRYPTION_SCOPE),
    ),
    breaks=(
        Break("encryption.requireInfrastructureEncryption", False, of=(STORAGE_ACCOUNT,)),
        Break("encryption.requireInfrastructureEncryption", ABSENT, of=(STORAGE_ACCOUNT,)),
        Break("requireInfrastructureEncryption", False, of=(ENCRYPTION_SCOPE,)),
    ),
)
