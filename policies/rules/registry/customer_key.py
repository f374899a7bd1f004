"""ACR-004: a registry is encrypted with a key of our own."""

from __future__ import annotations

from typing import Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules._demands import keys_of_our_own
from policies.types import REGISTRY
from policies.view import Judged, View


def check(registry: View, _context: Context) -> Judged:
    """Encryption is enabled with a key that an identity of ours opens."""
    yield from registry.must_be("encryption.status", "enabled")
    yield from registry.must_be_set("encryption.keyVaultProperties.keyIdentifier")
    yield from registry.must_be_set("encryption.keyVaultProperties.identity")


_KEY: Final = {"keyIdentifier": "https://v.vault.azure.net/keys/registry", "identity": "a-client"}

RULE = Rule(
    id="ACR-004",
    title="A registry is encrypted with a key of our own",
    severity=Severity.HIGH,
    category=Category.ENCRYPTION,
    types=(REGISTRY,),
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
    equivalents={"azure_policy": ("5b9159ae-1701-4a6f-9a7a-aa9c8ddd0580",)},
    why="Only with a key of its own can the province take its images away from everybody at once, Microsoft included.",
    fix="Create the registry with encryption.status enabled, the key's address and a user-assigned identity; it can't "
    "be switched on later (settings: registry.customer_key).",
    link="https://learn.microsoft.com/azure/container-registry/tutorial-enable-customer-managed-keys",
    properties=(
        Property(
            "encryption.status",
            "disabled",
            Verdict.FAIL,
            "Registry, Microsoft.ContainerRegistry 2023-01-01-preview: Microsoft's key unless enabled",
        ),
        Property(
            "encryption.keyVaultProperties.keyIdentifier",
            ABSENT,
            Verdict.FAIL,
            "Registry, Microsoft.ContainerRegistry 2023-01-01-preview: none",
            unknown=Verdict.PASS,
        ),
        Property(
            "encryption.keyVaultProperties.identity",
            ABSENT,
            Verdict.FAIL,
            "Registry, Microsoft.ContainerRegistry 2023-01-01-preview: none",
            unknown=Verdict.PASS,
        ),
    ),
    applies=keys_of_our_own,
    check=check,
    good=(
        Example({"encryption": {"status": "enabled", "keyVaultProperties": _KEY}}),
        Example({}, classification="Protected A", title="Microsoft's key suffices below Protected B"),
    ),
    bad=(
        Example({}),
        Example({"encryption": {"status": "disabled", "keyVaultProperties": _KEY}}),
        Example({"encryption": {"status": "enabled", "keyVaultProperties": {"identity": "a-client"}}}),
        Example({"encryption": {"status": "enabled", "keyVaultProperties": {**_KEY, "identity": ""}}}),
    ),
    breaks=(
        Break("encryption", ABSENT),
        Break("encryption.status", "disabled"),
        Break("encryption.keyVaultProperties.keyIdentifier", ABSENT),
        Break("encryption.keyVaultProperties.identity", ABSENT),
    ),
)
