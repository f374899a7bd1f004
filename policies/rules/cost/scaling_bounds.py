"""COST-008: apps and models that scale by themselves have an end."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import AUTOSCALE, ML_DEPLOYMENT
from policies.view import Judged, View, guarded

_MOST: Final = "capacity.maximum"


def check(view: View, context: Context) -> Judged:
    """Every profile's maximum, or a model's own number of instances, is within the parameter."""
    most = context.profile.parameters.scaled_instances
    reason = "the most that may run (scaled_instances)"
    if context.resource.type == ML_DEPLOYMENT:
        yield from view.must_be_between("sku.capacity", 0, most, reason)
        return
    for profile in view.each("profiles"):
        yield from guarded(profile.must_be_between(_MOST, 1, most, reason))


def _setting(*maxima: str) -> Example:
    profiles: list[dict[str, Any]] = [{"capacity": {"minimum": "1", "maximum": each}} for each in maxima]
    return Example({"profiles": profiles}, parameters={"scaled_instances": 6})


def _model(instances: int) -> Example:
    return Example({"sku": {"capacity": instances}}, type=ML_DEPLOYMENT, parameters={"scaled_instances": 6})


RULE = Rule(
    id="COST-008",
    title="Apps and models that scale by themselves have an end",
    severity=Severity.MEDIUM,
    category=Category.COST,
    types=(AUTOSCALE, ML_DEPLOYMENT),
    controls=("itsg33/SA-2", "itsg33/SC-6"),
    parameters=("scaled_instances",),
    why="A caller in a loop, or an attack, is answered with more and more instances until the month's money is spent.",
    fix="Set capacity.maximum of every profile (and sku.capacity of a model) within the parameter scaled_instances "
    "(settings: serving.plan.max_instances).",
    link="https://learn.microsoft.com/azure/azure-monitor/autoscale/autoscale-best-practices",
    properties=(
        Property(
            f"profiles[*].{_MOST}",
            ABSENT,
            Verdict.FAIL,
            "AutoscaleSetting, Microsoft.Insights 2022-10-01: required",
            of=(AUTOSCALE,),
        ),
        Property(
            "sku.capacity",
            1,
            Verdict.PASS,
            "OnlineDeployment, Microsoft.MachineLearningServices 2024-10-01: 1 (not re-read)",
            of=(ML_DEPLOYMENT,),
        ),
    ),
    check=check,
    good=(_setting("6"), _setting("2", "6"), _model(6)),
    bad=(_setting("7"), _setting("2", "7"), _setting("0"), _model(7)),
    breaks=(
        Break(f"profiles[*].{_MOST}", "100", of=(AUTOSCALE,)),
        Break("sku.capacity", 100, of=(ML_DEPLOYMENT,)),
    ),
)
