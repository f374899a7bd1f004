"""SRCH-003: a search service refuses indexes without a key of our own."""

from __future__ import annotations

from typing import Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules._demands import keys_of_our_own
from policies.types import SEARCH_SERVICE
from policies.view import Judged, View

_ENFORCED: Final = "encryptionWithCmk.enforcement"


def check(service: View, _context: Context) -> Judged:
    """Each index names its key; the service can only see that none comes without."""
    yield from service.must_be(_ENFORCED, "Enabled")


RULE = Rule(
    id="SRCH-003",
    title="A search service refuses indexes without a key of our own",
    severity=Severity.HIGH,
    category=Category.ENCRYPTION,
    types=(SEARCH_SERVICE,),
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
    equivalents={"azure_policy": ("76a56461-9dc0-40f0-82f5-2453283afa2f",)},
    why="The key is chosen by whoever makes an index, in code that no rule sees; left out, Microsoft's is taken.",
    fix="Set encryptionWithCmk.enforcement to Enabled, and name a key of the vault in each index.",
    link="https://learn.microsoft.com/azure/search/search-security-manage-encryption-keys",
    properties=(Property(_ENFORCED, "Unspecified", Verdict.FAIL, "Service, Microsoft.Search 2025-05-01: Unspecified"),),
    applies=keys_of_our_own,
    check=check,
    good=(
        Example({"encryptionWithCmk": {"enforcement": "enabled"}}),
        Example({}, environment="test", classification="Protected A"),
    ),
    bad=(Example({}), Example({"encryptionWithCmk": {"enforcement": "Disabled"}})),
    breaks=(Break(_ENFORCED, "Disabled"), Break("encryptionWithCmk", ABSENT)),
)
