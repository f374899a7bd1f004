"""ST-003: a storage account is opened with Entra ID, not with keys."""

from __future__ import annotations

from typing import Any

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import STORAGE_ACCOUNT
from policies.view import Judged, View


def check(account: View, _context: Context) -> Judged:
    """People and identities sign in with Entra ID; there is no other way in."""
    yield from account.must_be("allowSharedKeyAccess", False)
    yield from account.must_be("defaultToOAuthAuthentication", True)
    yield from account.must_be("isSftpEnabled", False, "since its users are local ones")
    yield from account.must_not_be("isLocalUserEnabled", (True,))


def _account(**changes: Any) -> dict[str, Any]:
    closed = {"allowSharedKeyAccess": False, "defaultToOAuthAuthentication": True}
    return {**closed, "isSftpEnabled": False, "isLocalUserEnabled": False, **changes}


RULE = Rule(
    id="ST-003",
    title="A storage account is opened with Entra ID, not with keys",
    severity=Severity.HIGH,
    category=Category.IDENTITY,
    types=(STORAGE_ACCOUNT,),
    controls=(
        "itsg33/IA-2",
        "itsg33/IA-5",
        "mcsb/IM-1",
        "hipaa/164.312(d)",
        "gdpr/32(1)(b)",
        "gc-guardrails/2",
        "popa/10",
        "hia/60",
    ),
    equivalents={"azure_policy": ("8c6a50c6-9ffd-4ae7-986f-5fa6111f9a54",)},
    why="An account key opens everything, for everybody who has it, without a name in the log, until it is replaced.",
    fix="Set allowSharedKeyAccess, isSftpEnabled and isLocalUserEnabled to false, sign in by default with Entra ID.",
    link="https://learn.microsoft.com/azure/storage/common/shared-key-authorization-prevent",
    properties=(
        Property(
            "allowSharedKeyAccess",
            True,
            Verdict.FAIL,
            "StorageAccount, Microsoft.Storage 2024-01-01: null is equivalent to true",
        ),
        Property(
            "defaultToOAuthAuthentication",
            False,
            Verdict.FAIL,
            "StorageAccount, Microsoft.Storage 2024-01-01: false where nothing is set",
        ),
        Property(
            "isSftpEnabled", False, Verdict.PASS, "StorageAccount, Microsoft.Storage 2024-01-01: off unless it is true"
        ),
        Property(
            "isLocalUserEnabled",
            ABSENT,
            Verdict.PASS,
            "StorageAccount, Microsoft.Storage 2024-01-01: local users come in by SFTP, which is off",
        ),
    ),
    check=check,
    good=(Example(_account()),),
    bad=(
        Example(_account(allowSharedKeyAccess=True)),
        Example(_account(defaultToOAuthAuthentication=False)),
        Example(_account(isSftpEnabled=True)),
        Example(_account(isLocalUserEnabled=True)),
        Example({"defaultToOAuthAuthentication": True}, title="null allows keys"),
    ),
    breaks=(
        Break("allowSharedKeyAccess", True, companions=("ST-007",)),
        Break("allowSharedKeyAccess", ABSENT, companions=("ST-007",)),
        Break("defaultToOAuthAuthentication", False),
        Break("isSftpEnabled", True),
        Break("isLocalUserEnabled", True),
    ),
)
