"""KV-008: disks are encrypted with a key of our own and one of Microsoft, and follow new versions of ours."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules._identities import MANAGED
from policies.types import DISK_ENCRYPTION_SET
from policies.view import Judged, View

_TWICE: Final = "EncryptionAtRestWithPlatformAndCustomerKeys"


def check(chosen: View, context: Context) -> Judged:
    """A new version of the key is taken by itself, by an identity; two layers where the classification demands them."""
    yield from chosen.must_be("rotationToLatestKeyVersionEnabled", True, "else rotation leaves the old version in use")
    yield from chosen.must_be_one_of("identity.type", MANAGED, "else nobody opens the key")
    if context.profile.demands.infrastructure_encryption:
        yield from chosen.must_be("encryptionType", _TWICE)


def _set(kind: str = _TWICE, who: str = "UserAssigned", *, follows: bool = True) -> dict[str, Any]:
    return {"encryptionType": kind, "identity": {"type": who}, "rotationToLatestKeyVersionEnabled": follows}


def _is_double(chosen: Any) -> bool:
    return bool(chosen["encryptionType"] == _TWICE)


_API: Final = "DiskEncryptionSet, Microsoft.Compute 2024-03-02"

RULE = Rule(
    id="KV-008",
    title="Encrypted disks follow new versions of their key, and are encrypted twice",
    severity=Severity.MEDIUM,
    category=Category.ENCRYPTION,
    types=(DISK_ENCRYPTION_SET,),
    controls=(
        "itsg33/SC-28(1)",
        "itsg33/SC-12",
        "mcsb/DP-5",
        "mcsb/DP-6",
        "hipaa/164.312(a)(2)(iv)",
        "gdpr/32(1)(a)",
        "gc-guardrails/6",
        "popa/10",
        "hia/60",
    ),
    why="A key is rotated because its old version may be known; disks that stay on it can be read with what is known.",
    fix="Set rotationToLatestKeyVersionEnabled to true, an identity, and encryption with platform and customer keys.",
    link="https://learn.microsoft.com/azure/virtual-machines/disk-encryption",
    properties=(
        Property("rotationToLatestKeyVersionEnabled", False, Verdict.FAIL, f"{_API}: false"),
        Property("identity.type", ABSENT, Verdict.FAIL, f"{_API}: none"),
        Property(
            "encryptionType", "EncryptionAtRestWithCustomerKey", Verdict.FAIL, f"{_API}: one key of ours (not re-read)"
        ),
    ),
    check=check,
    good=(
        Example(_set()),
        Example(_set("EncryptionAtRestWithCustomerKey"), environment="test", classification="Protected A"),
    ),
    bad=(
        Example(_set(follows=False)),
        Example(_set(who="None")),
        Example(_set("EncryptionAtRestWithCustomerKey")),
        Example(_set(follows=False), environment="dev", classification="Public"),
    ),
    breaks=(
        Break("rotationToLatestKeyVersionEnabled", False),
        Break("rotationToLatestKeyVersionEnabled", ABSENT),
        Break("identity", ABSENT),
        Break("encryptionType", "EncryptionAtRestWithCustomerKey", where=_is_double),
        Break("encryptionType", ABSENT, where=_is_double),
    ),
)
