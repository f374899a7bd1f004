"""AML-011: what a model was asked and answered can be looked up."""

from __future__ import annotations

from typing import Any

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import ML_DEPLOYMENT
from policies.view import Fault, Judged, View

# Probes are not judged: Azure ML has its own where a deployment names none.


def check(deployment: View, context: Context) -> Judged:
    """Requests are traced, and where the profile wants it questions and answers are collected."""
    yield from deployment.must_be("properties.appInsightsEnabled", True)
    if not context.profile.parameters.collected_requests:
        return
    collections = list(deployment.each("properties.dataCollector.collections"))
    if not collections:
        yield Fault("properties.dataCollector.collections", "must be set")
    for collection in collections:
        yield from collection.must_be("dataCollectionMode", "Enabled")


def _deployment(mode: str = "Enabled", *, traced: bool = True) -> dict[str, Any]:
    collections = {"model_inputs": {"dataCollectionMode": "Enabled"}, "model_outputs": {"dataCollectionMode": mode}}
    return {"properties": {"appInsightsEnabled": traced, "dataCollector": {"collections": collections}}}


RULE = Rule(
    id="AML-011",
    title="What a model was asked and answered can be looked up",
    severity=Severity.MEDIUM,
    category=Category.GOVERNANCE,
    types=(ML_DEPLOYMENT,),
    controls=("itsg33/AU-12", "itsg33/SI-4", "hipaa/164.312(b)", "gdpr/22", "popa/10", "hia/60"),
    parameters=("collected_requests",),
    why="Who is affected by a decision may ask how it came about, and drift shows only in what the model really saw.",
    fix="Set appInsightsEnabled to true and dataCollector.collections to Enabled for inputs and outputs.",
    link="https://learn.microsoft.com/azure/machine-learning/how-to-collect-production-data",
    properties=(
        Property(
            "properties.appInsightsEnabled",
            False,
            Verdict.FAIL,
            "OnlineDeployment, Microsoft.MachineLearningServices 2025-12-01: false unless it is true",
        ),
        Property(
            "properties.dataCollector.collections[*].dataCollectionMode",
            "Disabled",
            Verdict.FAIL,
            "OnlineDeployment, Microsoft.MachineLearningServices 2025-12-01: Disabled unless it is Enabled",
        ),
    ),
    check=check,
    good=(Example(_deployment()), Example({"properties": {"appInsightsEnabled": True}}, environment="dev")),
    bad=(
        Example(_deployment(traced=False)),
        Example(_deployment("Disabled"), title="the second collection"),
        Example({"properties": {"appInsightsEnabled": True}}),
    ),
    breaks=(
        Break("properties.appInsightsEnabled", False),
        Break("properties.appInsightsEnabled", ABSENT),
        Break("properties.dataCollector", ABSENT),
        Break("properties.dataCollector.collections[*].dataCollectionMode", "Disabled"),
    ),
)
