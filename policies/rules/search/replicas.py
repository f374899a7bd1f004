"""SRCH-004: a search service answers while one of its machines is gone."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import SEARCH_SERVICE
from policies.view import Judged, View


def check(service: View, context: Context) -> Judged:
    """Enough replicas, on a tier that has machines of its own."""
    yield from service.must_not_be("sku.name", ("free",), "which shares machines with other customers")
    yield from service.must_be_between("replicaCount", context.profile.parameters.search_replicas, None)


def _service(replicas: int, tier: str = "standard") -> dict[str, Any]:
    return {"replicaCount": replicas, "sku": {"name": tier}}


_API: Final = "Service, Microsoft.Search 2025-05-01"

RULE = Rule(
    id="SRCH-004",
    title="A search service answers while one of its machines is gone",
    severity=Severity.MEDIUM,
    category=Category.RESILIENCE,
    types=(SEARCH_SERVICE,),
    controls=("itsg33/CP-10", "itsg33/CP-2", "mcsb/BR-1", "gdpr/32(1)(b)", "gc-guardrails/13", "popa/10"),
    equivalents={
        "checkov": ("CKV_AZURE_208", "CKV_AZURE_209"),
        "psrule": ("Azure.Search.QuerySLA", "Azure.Search.IndexSLA"),
        "azure_policy": ("90bc8109-d21a-4692-88fc-51419391da3d", "a049bf77-880b-470f-ba6d-9f21c530cf83"),
    },
    parameters=("search_replicas",),
    why="Azure promises nothing for one replica, reading for two, and reading and writing from three on.",
    fix="Set replicaCount to what the profile wants (search_replicas), on tier basic or above (settings: "
    "generative_ai.search.replicas).",
    link="https://learn.microsoft.com/azure/search/search-reliability",
    properties=(
        Property("replicaCount", 1, Verdict.FAIL, f"{_API}: 1"),
        Property("sku.name", ABSENT, Verdict.PASS, f"{_API}: required"),
    ),
    check=check,
    good=(Example(_service(3)), Example(_service(1, "basic"), environment="dev")),
    bad=(Example(_service(2)), Example(_service(3, "Free")), Example(_service(0), environment="dev")),
    breaks=(
        Break("replicaCount", 1, where=lambda service: service["replicaCount"] > 1),
        Break("replicaCount", ABSENT, where=lambda service: service["replicaCount"] > 1),
        Break("sku.name", "free"),
    ),
)
