"""GRAF-002: dashboards outlive the loss of a zone."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import GRAFANA
from policies.view import Judged, View

_ZONES: Final = "properties.zoneRedundancy"


def applies(_grafana: View, context: Context) -> bool:
    """Where the profile wants dashboards to outlive the loss of a zone."""
    return context.profile.parameters.zone_redundant_apps


def check(grafana: View, _context: Context) -> Judged:
    """Spread over zones, on the tier that can be."""
    yield from grafana.must_be(_ZONES, "Enabled")
    yield from grafana.must_be("sku.name", "Standard", "the tier Essential has no zones and no promise")


def _grafana(zones: str = "Enabled", tier: str = "Standard") -> dict[str, Any]:
    return {"properties": {"zoneRedundancy": zones}, "sku": {"name": tier}}


_API: Final = "Grafana, Microsoft.Dashboard 2024-10-01"

RULE = Rule(
    id="GRAF-002",
    title="Dashboards outlive the loss of a zone",
    severity=Severity.MEDIUM,
    category=Category.RESILIENCE,
    types=(GRAFANA,),
    controls=("itsg33/CP-10", "mcsb/BR-1", "gdpr/32(1)(b)", "gc-guardrails/13", "popa/10"),
    equivalents={"azure_policy": ("bdd8bbb2-1efd-48dc-a0fd-8ddcba2e96cd",)},
    parameters=("zone_redundant_apps",),
    why="When a zone fails is when people look at dashboards; the setting can't be changed later.",
    fix="Make the instance with zoneRedundancy Enabled on the tier Standard (settings: "
    "monitoring.grafana.zone_redundancy).",
    link="https://learn.microsoft.com/azure/managed-grafana/high-availability",
    properties=(
        Property(_ZONES, "Disabled", Verdict.FAIL, f"{_API}: Disabled"),
        Property("sku.name", ABSENT, Verdict.FAIL, f"{_API}: required"),
    ),
    applies=applies,
    check=check,
    good=(Example(_grafana()), Example(_grafana("Disabled"), environment="test")),
    bad=(Example(_grafana("Disabled")), Example(_grafana(tier="Essential"))),
    breaks=(
        Break(_ZONES, "Disabled", where=lambda grafana: grafana["properties"]["zoneRedundancy"] == "Enabled"),
        Break(_ZONES, ABSENT),
        Break("sku.name", "Essential"),
    ),
)
