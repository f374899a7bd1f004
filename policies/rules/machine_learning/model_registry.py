"""AML-017: a registry of models is closed, and so is the storage that Azure makes for it."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import ML_REGISTRY
from policies.view import Judged, View

_STORES: Final = "storageAccountDetails"
_ANONYMOUS: Final = "systemCreatedStorageAccount.allowBlobPublicAccess"
_AT: Final = f"regionDetails[*].{_STORES}[*].{_ANONYMOUS}"


def check(registry: View, _context: Context) -> Judged:
    """No public door; in each region no blob without signing in."""
    yield from registry.must_be("publicNetworkAccess", "Disabled")
    for region in registry.each("regionDetails"):
        for store in region.each(_STORES):
            if store.has("systemCreatedStorageAccount"):
                yield from store.must_be(_ANONYMOUS, False)


def _registry(access: str = "Disabled", *, anonymous: bool = False) -> dict[str, Any]:
    closed = {"systemCreatedStorageAccount": {"allowBlobPublicAccess": False}}
    second = {"systemCreatedStorageAccount": {"allowBlobPublicAccess": anonymous}}
    regions = [
        {"location": "canadacentral", "storageAccountDetails": [closed]},
        {"location": "canadaeast", "storageAccountDetails": [second]},
    ]
    return {"publicNetworkAccess": access, "regionDetails": regions}


_API: Final = "Registry, Microsoft.MachineLearningServices 2025-12-01"

RULE = Rule(
    id="AML-017",
    title="A registry of models is closed, and so is the storage that Azure makes for it",
    severity=Severity.CRITICAL,
    category=Category.NETWORK,
    types=(ML_REGISTRY,),
    controls=(
        "itsg33/SC-7",
        "itsg33/AC-22",
        "mcsb/NS-2",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/9",
        "popa/10",
        "hia/60",
    ),
    why="All environments take their models from it: whoever writes to it from outside decides what citizens are told.",
    fix="Set publicNetworkAccess to Disabled, and allowBlobPublicAccess to false in each region's storage.",
    link="https://learn.microsoft.com/azure/machine-learning/how-to-registry-network-isolation",
    properties=(
        Property("publicNetworkAccess", "Enabled", Verdict.FAIL, f"{_API}: Enabled (not re-read)"),
        Property(_AT, ABSENT, Verdict.FAIL, f"{_API}: names no default, so it must be written"),
    ),
    check=check,
    good=(Example(_registry()), Example(_registry("disabled"), environment="dev")),
    bad=(Example(_registry("Enabled")), Example(_registry(anonymous=True), title="the second region")),
    breaks=(
        Break("publicNetworkAccess", "Enabled"),
        Break("publicNetworkAccess", ABSENT),
        Break(_AT, True),
        Break(_AT, ABSENT),
    ),
)
