"""OAI-005: models answer in the region of their account."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import AI_DEPLOYMENT
from policies.view import Judged, View

_REGIONAL: Final = ("Standard", "ProvisionedManaged")
"""Kinds of deployment that answer where the account is; where that is, the rule of regions judges."""


def applies(_deployment: View, context: Context) -> bool:
    """Where the classification binds models to the region."""
    return context.profile.demands.region_bound_models


def check(deployment: View, _context: Context) -> Judged:
    """The kind of deployment is one that stays; new kinds are refused until somebody has read what they do."""
    yield from deployment.must_be_one_of("sku.name", _REGIONAL, "else prompts are answered outside the region")


def _deployment(sku: str) -> dict[str, Any]:
    return {"sku": {"name": sku, "capacity": 10}}


RULE = Rule(
    id="OAI-005",
    title="Models answer in the region of their account",
    severity=Severity.CRITICAL,
    category=Category.PRIVACY,
    types=(AI_DEPLOYMENT,),
    controls=("itsg33/SA-9(5)", "itsg33/AC-4", "gdpr/44", "gdpr/28", "gc-guardrails/5", "popa/26"),
    why="A Global or DataZone deployment sends each prompt to whichever country has capacity, also from Canada.",
    fix="Set sku.name to Standard or ProvisionedManaged, in a region of Canada that offers the model so.",
    link="https://learn.microsoft.com/azure/ai-foundry/foundry-models/concepts/deployment-types",
    properties=(
        Property(
            "sku.name", ABSENT, Verdict.FAIL, "Deployment, Microsoft.CognitiveServices 2025-06-01: none is promised"
        ),
    ),
    applies=applies,
    check=check,
    good=(
        Example(_deployment("Standard")),
        Example(_deployment("provisionedmanaged")),
        Example(_deployment("GlobalStandard"), classification="Public"),
    ),
    bad=(
        Example(_deployment("GlobalStandard")),
        Example(_deployment("DataZoneProvisionedManaged")),
        Example(_deployment("GlobalBatch"), classification="Protected A"),
        Example(_deployment("DeveloperTier"), title="answers anywhere"),
    ),
    breaks=(Break("sku.name", "GlobalStandard"), Break("sku.name", "DataZoneStandard"), Break("sku.name", ABSENT)),
)
