"""APP-006: apps outlive the loss of an instance, and where the profile wants it of a zone."""

from __future__ import annotations

import re
from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import APP_SERVICE_PLAN
from policies.view import Fault, Judged, View

_PREMIUM: Final = re.compile(r"p\d+(m)?v[234]")
"""Sizes that can spread over zones."""


def check(plan: View, context: Context) -> Judged:
    """As many instances as the profile wants, and of a size that spreads over zones where it wants that."""
    parameters = context.profile.parameters
    yield from plan.must_be_between("sku.capacity", parameters.app_instances, None)
    if not parameters.zone_redundant_apps:
        return
    yield from plan.must_be("zoneRedundant", True)
    if _PREMIUM.fullmatch(plan.word("sku.name")) is None:
        yield Fault("sku.name", "must be a Premium size of version 2 or newer")


def _plan(capacity: int = 2, sku: str = "P1v3", *, zones: bool = True) -> dict[str, Any]:
    return {"sku": {"name": sku, "capacity": capacity}, "zoneRedundant": zones}


RULE = Rule(
    id="APP-006",
    title="Apps outlive the loss of an instance, and where the profile wants it of a zone",
    severity=Severity.MEDIUM,
    category=Category.RESILIENCE,
    types=(APP_SERVICE_PLAN,),
    controls=("itsg33/CP-10", "gdpr/32(1)(b)", "gc-guardrails/13", "popa/10"),
    equivalents={
        "checkov": ("CKV_AZURE_225", "CKV_AZURE_212"),
        "psrule": ("Azure.AppService.MinPlan", "Azure.AppService.PlanInstanceCount"),
    },
    parameters=("app_instances", "zone_redundant_apps"),
    why="With one instance each update of the host is an outage; one zone that fails takes all instances in it.",
    fix="Take a Premium size of version 3, set zoneRedundant to true at creation, and two instances or more "
    "(settings: serving.plan).",
    link="https://learn.microsoft.com/azure/reliability/reliability-app-service",
    properties=(
        Property("sku.capacity", 1, Verdict.FAIL, "AppServicePlan, Microsoft.Web 2025-05-01: one (not re-read)"),
        Property(
            "zoneRedundant", False, Verdict.FAIL, "AppServicePlan, Microsoft.Web 2025-05-01: false unless it is set"
        ),
        Property("sku.name", ABSENT, Verdict.FAIL, "AppServicePlan, Microsoft.Web 2025-05-01: none is promised"),
    ),
    check=check,
    good=(Example(_plan()), Example(_plan(3, "p0V3")), Example(_plan(4, "P2mv4"))),
    bad=(
        Example(_plan(1)),
        Example(_plan(0, zones=False), environment="dev"),
        Example(_plan(zones=False)),
        Example(_plan(sku="S1")),
    ),
    breaks=(
        Break("sku.capacity", 1),
        Break("sku.capacity", ABSENT),
        Break("zoneRedundant", False),
        Break("zoneRedundant", ABSENT),
        Break("sku.name", "B1"),
        Break("sku.name", ABSENT),
    ),
)
