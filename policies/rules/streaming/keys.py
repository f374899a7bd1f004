"""EVH-002: an Event Hubs namespace takes no keys, and speaks TLS 1.2."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import EVENT_NAMESPACE
from policies.view import Judged, View


def check(namespace: View, _context: Context) -> Judged:
    """Shared access signatures are off, and so are old versions of TLS."""
    yield from namespace.must_be("disableLocalAuth", True)
    yield from namespace.must_be_one_of("minimumTlsVersion", ("1.2", "1.3"))


def _namespace(*, keys_off: bool = True, tls: str = "1.2") -> dict[str, Any]:
    return {"disableLocalAuth": keys_off, "minimumTlsVersion": tls}


_API: Final = "Namespace, Microsoft.EventHub 2024-01-01"

RULE = Rule(
    id="EVH-002",
    title="An Event Hubs namespace takes no keys, and speaks TLS 1.2 or newer",
    severity=Severity.HIGH,
    category=Category.IDENTITY,
    types=(EVENT_NAMESPACE,),
    controls=(
        "itsg33/IA-2",
        "itsg33/IA-5",
        "itsg33/SC-8(1)",
        "mcsb/IM-1",
        "mcsb/DP-3",
        "mcsb/NS-8",
        "hipaa/164.312(d)",
        "gdpr/32(1)(b)",
        "gc-guardrails/2",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_223",),
        "psrule": ("Azure.EventHub.DisableLocalAuth", "Azure.EventHub.MinTLS"),
        "azure_policy": ("5d4e3c65-4873-47be-94f3-6f8b953a3598",),
    },
    why="A connection string has no owner and no end: who finds it in a log sends false events and reads true ones.",
    fix="Set disableLocalAuth to true, give senders and readers a role for data, and minimumTlsVersion to 1.2.",
    link="https://learn.microsoft.com/azure/event-hubs/authorize-access-azure-active-directory",
    properties=(
        Property("disableLocalAuth", False, Verdict.FAIL, f"{_API}: signatures are taken"),
        Property("minimumTlsVersion", ABSENT, Verdict.FAIL, f"{_API}: names no default, so it must be written"),
    ),
    check=check,
    # Keys are another matter: whoever still sends with one would be cut off.
    remedy=lambda _namespace, _tags: {"minimumTlsVersion": "1.2"},
    good=(Example(_namespace()), Example(_namespace(tls="1.3"), environment="dev")),
    bad=(Example(_namespace(keys_off=False)), Example(_namespace(tls="1.1")), Example(_namespace(tls="1.0"))),
    breaks=(
        Break("disableLocalAuth", False),
        Break("disableLocalAuth", ABSENT),
        Break("minimumTlsVersion", "1.0"),
        Break("minimumTlsVersion", ABSENT),
    ),
)
