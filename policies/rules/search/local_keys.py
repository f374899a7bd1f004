"""SRCH-002: a search service takes no keys, and has an identity."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules._identities import MANAGED
from policies.types import SEARCH_SERVICE
from policies.view import Judged, View


def check(service: View, _context: Context) -> Judged:
    """Keys are off, and indexers sign in elsewhere as the service."""
    yield from service.must_be("disableLocalAuth", True)
    yield from service.must_be_one_of("identity.type", MANAGED)


def _service(kind: str = "UserAssigned", *, keys_off: bool = True) -> dict[str, Any]:
    return {"disableLocalAuth": keys_off, "identity": {"type": kind}}


_API: Final = "Service, Microsoft.Search 2025-05-01"

RULE = Rule(
    id="SRCH-002",
    title="A search service takes no keys, and has an identity",
    severity=Severity.HIGH,
    category=Category.IDENTITY,
    types=(SEARCH_SERVICE,),
    controls=(
        "itsg33/IA-2",
        "itsg33/IA-5",
        "mcsb/IM-1",
        "mcsb/IM-3",
        "hipaa/164.312(d)",
        "gdpr/32(1)(b)",
        "gc-guardrails/2",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_207",),
        "psrule": ("Azure.Search.ManagedIdentity",),
        "azure_policy": ("6300012e-e9a4-4649-b41f-a85f5c43be91",),
    },
    why="An admin key reads and deletes every index, and says of nobody that it was them; indexers without an identity "
    "keep keys of the stores that they read.",
    fix="Set disableLocalAuth to true, give the service a managed identity, and callers a role for index data.",
    link="https://learn.microsoft.com/azure/search/search-security-enable-roles",
    properties=(
        Property("disableLocalAuth", False, Verdict.FAIL, f"{_API}: keys are taken"),
        Property("identity.type", "None", Verdict.FAIL, f"{_API}: none"),
    ),
    check=check,
    good=(Example(_service()), Example(_service("SystemAssigned, UserAssigned"), environment="dev")),
    bad=(Example(_service(keys_off=False)), Example(_service("None"))),
    breaks=(
        Break("disableLocalAuth", False),
        Break("disableLocalAuth", ABSENT),
        Break("identity.type", "None"),
        Break("identity", ABSENT),
    ),
)
