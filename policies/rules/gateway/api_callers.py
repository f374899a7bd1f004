"""API-002: nobody calls an API without a key that a team was given."""

from __future__ import annotations

from typing import Final

from policies.rule import Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import API, API_PRODUCT
from policies.view import Judged, View

_REQUIRED: Final = "subscriptionRequired"
_APPROVED: Final = "approvalRequired"


def check(view: View, context: Context) -> Judged:
    """A key is required; whoever wants one of a product is approved."""
    yield from view.must_be(_REQUIRED, True)
    if context.resource.type == API_PRODUCT:
        yield from view.must_be(_APPROVED, True, "else whoever finds the product gives himself a key")


_PRODUCTS: Final = (API_PRODUCT,)
_SOURCE: Final = "Api and Product, Microsoft.ApiManagement 2024-05-01"

RULE = Rule(
    id="API-002",
    title="Nobody calls an API without a key that a team was given",
    severity=Severity.HIGH,
    category=Category.IDENTITY,
    types=(API, API_PRODUCT),
    controls=(
        "itsg33/AC-3",
        "itsg33/AC-14",
        "mcsb/IM-1",
        "hipaa/164.312(a)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/2",
        "popa/10",
        "hia/60",
    ),
    equivalents={"psrule": ("Azure.APIM.ProductSubscription", "Azure.APIM.ProductApproval")},
    why="Whoever reaches the gateway spends the tokens of all teams, and the bill names nobody.",
    fix="Set subscriptionRequired to true, and of a product approvalRequired as well.",
    link="https://learn.microsoft.com/azure/api-management/api-management-subscriptions",
    properties=(
        Property(_REQUIRED, True, Verdict.PASS, f"{_SOURCE}: true"),
        Property(_APPROVED, False, Verdict.FAIL, f"{_SOURCE}: false (not re-read)", of=_PRODUCTS),
    ),
    check=check,
    good=(
        Example({_REQUIRED: True}),
        Example({_REQUIRED: True, _APPROVED: True}, type=API_PRODUCT),
    ),
    bad=(
        Example({_REQUIRED: False}),
        Example({_REQUIRED: False, _APPROVED: True}, type=API_PRODUCT),
        Example({_REQUIRED: True, _APPROVED: False}, type=API_PRODUCT),
        Example({_REQUIRED: True}, type=API_PRODUCT),
    ),
    breaks=(Break(_REQUIRED, False), Break(_APPROVED, False, of=_PRODUCTS)),
)
