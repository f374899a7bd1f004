"""ADF-002: a data factory is encrypted with a key of our own, and signs in as itself."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules._identities import MANAGED
from policies.types import DATA_FACTORY
from policies.view import Judged, View

_KEY: Final = ("encryption.vaultBaseUrl", "encryption.keyName", "encryption.identity.userAssignedIdentity")


def check(factory: View, context: Context) -> Judged:
    """An identity; and where the classification demands it a key, its vault, and who opens it."""
    yield from factory.must_be_one_of("identity.type", MANAGED, "else pipelines keep keys of the stores they read")
    if context.profile.demands.customer_keys:
        for path in _KEY:
            yield from factory.must_be_set(path)


def _factory(kind: str = "UserAssigned", **changes: Any) -> dict[str, Any]:
    key = {"vaultBaseUrl": "https://v.vault.azure.net", "keyName": "data-factory"}
    opener = {"identity": {"userAssignedIdentity": "an-identity"}}
    return {"identity": {"type": kind}, "encryption": {**key, **opener, **changes}}


_API: Final = "Factory, Microsoft.DataFactory 2018-06-01"

RULE = Rule(
    id="ADF-002",
    title="A data factory signs in as itself, and is encrypted with a key of our own",
    severity=Severity.HIGH,
    category=Category.ENCRYPTION,
    types=(DATA_FACTORY,),
    controls=(
        "itsg33/SC-28(1)",
        "itsg33/SC-12",
        "itsg33/IA-2",
        "mcsb/DP-5",
        "mcsb/IM-3",
        "hipaa/164.312(a)(2)(iv)",
        "gdpr/32(1)(a)",
        "gc-guardrails/6",
        "popa/10",
        "hia/60",
    ),
    equivalents={"azure_policy": ("4ec52d6d-beb7-40c4-9a9e-fe753254690e",)},
    why="Definitions of pipelines and what is known of their runs hold names and samples of data; a key outlives "
    "whoever put it there.",
    fix="Give the factory a managed identity, and while it is empty encryption with vaultBaseUrl, keyName and "
    "identity.",
    link="https://learn.microsoft.com/azure/data-factory/enable-customer-managed-key",
    properties=(
        Property("identity.type", ABSENT, Verdict.FAIL, f"{_API}: none"),
        *(Property(path, ABSENT, Verdict.FAIL, f"{_API}: none", unknown=Verdict.PASS) for path in _KEY),
    ),
    check=check,
    good=(
        Example(_factory()),
        Example({"identity": {"type": "systemassigned"}}, environment="test", classification="Protected A"),
    ),
    bad=(
        Example({"identity": {"type": "UserAssigned"}}),
        Example(_factory("None")),
        Example(_factory(keyName="")),
        Example(_factory(identity={})),
        Example(_factory(vaultBaseUrl=None)),
    ),
    breaks=(
        Break("identity", ABSENT),
        Break("identity.type", "None"),
        *(Break(path, ABSENT, where=lambda factory: "encryption" in factory) for path in _KEY),
    ),
)
