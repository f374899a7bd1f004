"""EVH-003: events are encrypted with a key of our own, and twice where the classification demands it."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules._demands import keys_of_our_own
from policies.types import EVENT_NAMESPACE
from policies.view import Judged, View, guarded

_SOURCE: Final = "encryption.keySource"
_KEYS: Final = "encryption.keyVaultProperties"
_TWICE: Final = "encryption.requireInfrastructureEncryption"


def check(namespace: View, context: Context) -> Judged:
    """A key of a vault, opened by an identity of ours; a second layer below."""
    yield from namespace.must_be(_SOURCE, "Microsoft.KeyVault")
    yield from namespace.must_be_set(_KEYS, "with the vault and the name of a key")
    yield from guarded(_opened(namespace))
    if context.profile.demands.infrastructure_encryption:
        yield from namespace.must_be(_TWICE, True)


def _opened(namespace: View) -> Judged:
    for key in namespace.each(_KEYS):
        yield from key.must_be_set("identity.userAssignedIdentity", "else nobody opens the key")


_KEY: Final = {"keyName": "event-hubs", "identity": {"userAssignedIdentity": "an-identity"}}


def _namespace(*keys: dict[str, Any], source: str = "Microsoft.KeyVault", twice: bool = True) -> dict[str, Any]:
    encryption = {"keySource": source, "keyVaultProperties": list(keys), "requireInfrastructureEncryption": twice}
    return {"encryption": encryption}


_API: Final = "Namespace, Microsoft.EventHub 2024-01-01"

RULE = Rule(
    id="EVH-003",
    title="Events are encrypted with a key of our own",
    severity=Severity.HIGH,
    category=Category.ENCRYPTION,
    types=(EVENT_NAMESPACE,),
    controls=(
        "itsg33/SC-28(1)",
        "itsg33/SC-12",
        "mcsb/DP-5",
        "hipaa/164.312(a)(2)(iv)",
        "gdpr/32(1)(a)",
        "gc-guardrails/6",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "azure_policy": ("a1ad735a-e96f-45d2-a7b2-9a4932cab7ec", "836cd60e-87f3-4e6a-a27c-29d687f01a4c"),
    },
    why="Only with a key of its own can the province take its events away from everybody at once, Microsoft included.",
    fix="Make the namespace Premium with encryption.keySource Microsoft.KeyVault, a key and its identity (settings: "
    "event_streams.sku).",
    link="https://learn.microsoft.com/azure/event-hubs/configure-customer-managed-key",
    properties=(
        Property(_SOURCE, ABSENT, Verdict.FAIL, f"{_API}: Microsoft's key"),
        Property(_KEYS, ABSENT, Verdict.FAIL, f"{_API}: none"),
        Property(f"{_KEYS}[*].identity.userAssignedIdentity", ABSENT, Verdict.FAIL, f"{_API}: none", (), Verdict.PASS),
        Property(_TWICE, False, Verdict.FAIL, f"{_API}: once"),
    ),
    applies=keys_of_our_own,
    check=check,
    good=(
        Example(_namespace(_KEY)),
        Example(_namespace(_KEY, source="microsoft.keyvault"), classification="Protected C"),
        Example({}, environment="test", classification="Protected A"),
    ),
    bad=(
        Example({}),
        Example(_namespace()),
        Example(_namespace(_KEY, {"keyName": "event-hubs-2"}), title="the second key"),
        Example(_namespace(_KEY, twice=False)),
        Example(_namespace(_KEY, source="Microsoft.EventHub")),
    ),
    breaks=(
        Break("encryption", ABSENT),
        Break(_SOURCE, ABSENT),
        Break(_KEYS, []),
        Break(f"{_KEYS}[*].identity", ABSENT),
        Break(_TWICE, False),
    ),
)
