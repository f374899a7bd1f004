"""SRCH-001: a search service is reached through private endpoints only."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import SEARCH_SERVICE
from policies.view import Judged, View

_BYPASS: Final = "networkRuleSet.bypass"
_ADDRESSES: Final = "networkRuleSet.ipRules"


def check(service: View, _context: Context) -> Judged:
    """Public access is off, no address is let in, and neither is every service of Azure."""
    yield from service.must_be("publicNetworkAccess", "Disabled")
    yield from service.must_be(_BYPASS, "None", "else services of other customers come in as trusted")
    yield from service.must_not_be_set(_ADDRESSES, "because each opens the service to a public address")


def _service(access: str = "Disabled", bypass: str = "None", *addresses: str) -> dict[str, Any]:
    rules = {"bypass": bypass, "ipRules": [{"value": one} for one in addresses]}
    return {"publicNetworkAccess": access, "networkRuleSet": rules}


_API: Final = "Service, Microsoft.Search 2025-05-01"

RULE = Rule(
    id="SRCH-001",
    title="A search service is reached through private endpoints only",
    severity=Severity.CRITICAL,
    category=Category.NETWORK,
    types=(SEARCH_SERVICE,),
    controls=(
        "itsg33/SC-7",
        "itsg33/AC-17(3)",
        "mcsb/NS-2",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/9",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_124", "CKV_AZURE_210"),
        "azure_policy": ("ee980b6d-0eca-4501-8d54-f6290fd512c3",),
    },
    why="An index holds the text of every document that models answer from; one query returns it.",
    fix="Set publicNetworkAccess to Disabled; leave out networkRuleSet.ipRules and networkRuleSet.bypass.",
    link="https://learn.microsoft.com/azure/search/service-create-private-endpoint",
    properties=(
        Property("publicNetworkAccess", "Enabled", Verdict.FAIL, f"{_API}: Enabled"),
        Property(_BYPASS, "None", Verdict.PASS, f"{_API}: None (not re-read)"),
        Property(_ADDRESSES, ABSENT, Verdict.PASS, f"{_API}: none"),
    ),
    check=check,
    good=(Example(_service()), Example({"publicNetworkAccess": "disabled"}, environment="dev")),
    bad=(
        Example(_service("Enabled")),
        Example(_service("SecuredByPerimeter")),
        Example(_service("Disabled", "AzureServices")),
        Example(_service("Disabled", "None", "203.0.113.7")),
    ),
    breaks=(
        Break("publicNetworkAccess", "Enabled"),
        Break("publicNetworkAccess", ABSENT),
        Break(_BYPASS, "AzureServices"),
        Break(_ADDRESSES, [{"value": "0.0.0.0/0"}]),
    ),
)
