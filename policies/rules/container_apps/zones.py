"""CAPP-002: container apps outlive the loss of a zone."""

from __future__ import annotations

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import CONTAINER_ENVIRONMENT
from policies.view import Judged, View


def applies(_environment: View, context: Context) -> bool:
    """Where the profile wants it."""
    return context.profile.parameters.zone_redundant_apps


def check(environment: View, _context: Context) -> Judged:
    """Spread over zones."""
    yield from environment.must_be("zoneRedundant", True, "which can't be set later")


RULE = Rule(
    id="CAPP-002",
    title="Container apps outlive the loss of a zone",
    severity=Severity.MEDIUM,
    category=Category.RESILIENCE,
    types=(CONTAINER_ENVIRONMENT,),
    controls=("itsg33/CP-10", "mcsb/BR-1", "gdpr/32(1)(b)", "gc-guardrails/13", "popa/10"),
    parameters=("zone_redundant_apps",),
    why="What mends the platform after the loss of a zone is run from here.",
    fix="Make the environment with zoneRedundant true; in an old one it can't be changed, so make another beside it.",
    link="https://learn.microsoft.com/azure/reliability/reliability-azure-container-apps",
    properties=(
        Property(
            "zoneRedundant", False, Verdict.FAIL, "ManagedEnvironment, Microsoft.App 2025-02-02-preview: one zone"
        ),
    ),
    check=check,
    applies=applies,
    good=(Example({"zoneRedundant": True}), Example({}, environment="test")),
    bad=(Example({"zoneRedundant": False}), Example({})),
    breaks=(Break("zoneRedundant", False), Break("zoneRedundant", ABSENT)),
)
