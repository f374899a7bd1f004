"""ST-012: deleted shares can be restored, and files are sent encrypted."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import FILE_SERVICE
from policies.values import joined
from policies.view import Fault, Judged, View, guarded

_UNDELETE: Final = "shareDeleteRetentionPolicy"
_SMB: Final = "protocolSettings.smb"
# What each list of SMB may hold: versions and ciphers that are still sound.
_SOUND: Final = {
    "versions": frozenset({"smb3.1.1"}),
    "channelEncryption": frozenset({"aes-128-gcm", "aes-256-gcm"}),
    "kerberosTicketEncryption": frozenset({"aes-256"}),
}


def check(service: View, context: Context) -> Judged:
    """Days in which a share can be restored; what SMB takes where somebody says so."""
    yield from service.must_be(f"{_UNDELETE}.enabled", True)
    yield from service.must_be_between(f"{_UNDELETE}.days", context.profile.parameters.undelete_days, None)
    for name in _SOUND:
        yield from guarded(_sound(service, name))


def _sound(service: View, name: str) -> Judged:
    path = f"{_SMB}.{name}"
    written = service.word(path)
    weak = {one for one in written.split(";") if one} - _SOUND[name]
    if weak:
        yield Fault(joined(service.path, path), f"must be no other than {' or '.join(sorted(_SOUND[name]))}")


def _service(days: int = 7, *, enabled: bool = True, **smb: str) -> dict[str, Any]:
    return {_UNDELETE: {"enabled": enabled, "days": days}, "protocolSettings": {"smb": smb}}


_API: Final = "FileServiceProperties, Microsoft.Storage 2024-01-01"

RULE = Rule(
    id="ST-012",
    title="Deleted shares can be restored, and files are sent encrypted",
    severity=Severity.MEDIUM,
    category=Category.RESILIENCE,
    types=(FILE_SERVICE,),
    controls=(
        "itsg33/CP-9",
        "itsg33/SC-8(1)",
        "mcsb/BR-1",
        "mcsb/DP-3",
        "gdpr/32(1)(c)",
        "gc-guardrails/13",
        "popa/10",
    ),
    parameters=("undelete_days",),
    why="Notebooks of a whole workspace lie in one share, which one command deletes.",
    fix="Enable shareDeleteRetentionPolicy for the profile's undelete_days; allow SMB 3.1.1 with AES-GCM only.",
    link="https://learn.microsoft.com/azure/storage/files/storage-files-prevent-file-share-deletion",
    properties=(
        Property(f"{_UNDELETE}.enabled", ABSENT, Verdict.FAIL, f"{_API}: names no default, so it must be written"),
        Property(f"{_UNDELETE}.days", ABSENT, Verdict.FAIL, f"{_API}: names no default, so it must be written"),
        *(
            Property(f"{_SMB}.{name}", ABSENT, Verdict.PASS, f"{_API}: what client and server both can (not re-read)")
            for name in _SOUND
        ),
    ),
    check=check,
    good=(
        Example(
            _service(
                versions="SMB3.1.1", channelEncryption="AES-128-GCM;AES-256-GCM;", kerberosTicketEncryption="AES-256"
            )
        ),
        Example(_service(30), environment="dev"),
    ),
    bad=(
        Example(_service(6)),
        Example(_service(enabled=False)),
        Example(_service(versions="SMB3.1.1;SMB2.1")),
        Example(_service(channelEncryption="AES-128-CCM")),
        Example(_service(kerberosTicketEncryption="RC4-HMAC;AES-256")),
    ),
    breaks=(
        Break(f"{_UNDELETE}.enabled", False),
        Break(f"{_UNDELETE}.days", 1),
        Break(_UNDELETE, ABSENT),
        Break(f"{_SMB}.versions", "SMB2.1;SMB3.0;SMB3.1.1"),
        Break(f"{_SMB}.kerberosTicketEncryption", "RC4-HMAC;AES-256"),
        Break(f"{_SMB}.channelEncryption", "AES-128-CCM;AES-256-GCM"),
    ),
)
