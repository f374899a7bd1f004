"""SVC-004: databases, queues and other services beside the platform are encrypted with keys of our own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules._demands import keys_of_our_own
from policies.rules.services._types import (
    APP_CONFIGURATION,
    AUTOMATION,
    BATCH,
    COSMOS,
    DATA_EXPLORER,
    POSTGRESQL,
    SERVICE_BUS,
    SQL,
    SYNAPSE,
)
from policies.values import steps, with_value
from policies.view import Judged, View

# Where each names its key.
_KEYS: Final = {
    POSTGRESQL: "dataEncryption.primaryKeyURI",
    COSMOS: "keyVaultKeyUri",
    SQL: "keyId",
    SERVICE_BUS: "encryption.keyVaultProperties",
    APP_CONFIGURATION: "encryption.keyVaultProperties.keyIdentifier",
    AUTOMATION: "encryption.keyVaultProperties.keyName",
    BATCH: "encryption.keyVaultProperties.keyIdentifier",
    SYNAPSE: "encryption.cmk.key.keyVaultUrl",
    DATA_EXPLORER: "keyVaultProperties.keyName",
}


def check(view: View, context: Context) -> Judged:
    """It names a key of a vault."""
    yield from view.must_be_set(_KEYS[context.resource.type], "else Microsoft's key is taken")


def _with(path: str, value: Any) -> dict[str, Any]:
    return dict(with_value({}, steps(path), value))


def _examples(value: Any) -> Iterator[Example]:
    for type_, path in _KEYS.items():
        yield Example(_with(path, value), type=type_)


RULE = Rule(
    id="SVC-004",
    title="Databases, queues and other services are encrypted with keys of our own",
    severity=Severity.HIGH,
    category=Category.ENCRYPTION,
    types=tuple(_KEYS),
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
        "checkov": ("CKV_AZURE_100", "CKV_AZURE_186", "CKV_AZURE_201"),
        "azure_policy": (
            "12c74c95-0efd-48da-b8d9-2a7d68470c92",
            "1f905d99-2ab7-462c-a6b0-f709acca6c8f",
            "295fc8b1-dc9f-4f53-9c61-3f313ceab40a",
            "967a4b4b-2da9-43c1-b7d0-f98d0d74d0b1",
        ),
    },
    why="Only with a key of its own can the province take its data away from everybody at once, Microsoft included.",
    fix="Name a key of a vault, and an identity that may use it; some services take a key at their making only.",
    link="https://learn.microsoft.com/azure/security/fundamentals/encryption-customer-managed-keys-support",
    properties=tuple(
        Property(path, ABSENT, Verdict.FAIL, "the services' encryption pages: Microsoft's key", (type_,), Verdict.PASS)
        for type_, path in _KEYS.items()
    ),
    applies=keys_of_our_own,
    check=check,
    good=(
        *_examples("https://v.vault.azure.net/keys/data"),
        Example({}, type=SQL, environment="test", classification="Protected A"),
    ),
    bad=(*_examples(""), *(Example({}, type=type_) for type_ in _KEYS)),
    breaks=tuple(Break(path, ABSENT, of=(type_,)) for type_, path in _KEYS.items()),
)
