"""CMP-001: nobody downloads a disk, and it is encrypted with a key of our own."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import DISK, SNAPSHOT
from policies.view import Judged, View

_KEY: Final = "encryption.diskEncryptionSetId"


def check(disk: View, context: Context) -> Judged:
    """No export over public networks, nor over private ones that are not named; the key where it is demanded."""
    yield from disk.must_be("publicNetworkAccess", "Disabled")
    yield from disk.must_be_one_of("networkAccessPolicy", ("DenyAll", "AllowPrivate"))
    if context.profile.demands.customer_keys:
        yield from disk.must_be_set(_KEY, "else Microsoft's key is taken")


def _disk(access: str = "Disabled", policy: str = "DenyAll", key: str = "a-set") -> dict[str, Any]:
    return {
        "publicNetworkAccess": access,
        "networkAccessPolicy": policy,
        "encryption": {"diskEncryptionSetId": key},
    }


_API: Final = "Disk and Snapshot, Microsoft.Compute 2024-03-02"

RULE = Rule(
    id="CMP-001",
    title="Nobody downloads a disk, and it is encrypted with a key of our own",
    severity=Severity.HIGH,
    category=Category.NETWORK,
    types=(DISK, SNAPSHOT),
    controls=(
        "itsg33/SC-7",
        "itsg33/SC-28(1)",
        "mcsb/NS-2",
        "mcsb/DP-5",
        "hipaa/164.312(a)(2)(iv)",
        "gdpr/32(1)(a)",
        "gc-guardrails/6",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_93",),
        "azure_policy": ("8405fdab-1faf-48aa-b702-999c9c172094", "59953f11-df7f-48b1-870f-1780ed07348e"),
    },
    why="Whoever may read a disk's address for an hour has all that was ever on it, at home.",
    fix="Set publicNetworkAccess to Disabled, networkAccessPolicy to DenyAll, and a disk encryption set.",
    link="https://learn.microsoft.com/azure/virtual-machines/disks-restrict-import-export-overview",
    properties=(
        Property("publicNetworkAccess", "Enabled", Verdict.FAIL, f"{_API}: Enabled (not re-read)"),
        Property("networkAccessPolicy", "AllowAll", Verdict.FAIL, f"{_API}: AllowAll (not re-read)"),
        Property(_KEY, ABSENT, Verdict.FAIL, f"{_API}: Microsoft's key", unknown=Verdict.PASS),
    ),
    check=check,
    good=(
        Example(_disk()),
        Example(_disk("disabled", "allowPrivate"), type=SNAPSHOT),
        Example(_disk(key=""), environment="test", classification="Protected A"),
    ),
    bad=(
        Example(_disk("Enabled")),
        Example(_disk(policy="AllowAll"), type=SNAPSHOT),
        Example(_disk(key="")),
    ),
    breaks=(
        Break("publicNetworkAccess", "Enabled"),
        Break("publicNetworkAccess", ABSENT),
        Break("networkAccessPolicy", "AllowAll"),
        Break("networkAccessPolicy", ABSENT),
        Break("encryption", ABSENT, where=lambda disk: disk["encryption"]["diskEncryptionSetId"]),
    ),
)
