"""AML-010: what answers is a version that was tested, from a registry of ours."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import ML_BATCH_DEPLOYMENT, ML_DEPLOYMENT
from policies.view import Fault, Judged, View, guarded

_MODELS: Final = re.compile(r"azureml://registries/(?P<registry>[^/]+)/", re.IGNORECASE)
_VERSION: Final = re.compile(r"(?:/versions/|^azureml:[^:/@]+:)[^/:@]+$", re.IGNORECASE)


def check(deployment: View, context: Context) -> Judged:
    """Model and environment have a version that stays, and come from the workspace or a registry of ours."""
    batch = context.resource.type == ML_BATCH_DEPLOYMENT
    model = "properties.model.assetId" if batch else "properties.model"
    yield from guarded(_model(deployment, model, context))
    yield from _judge("properties.environmentId", deployment.text("properties.environmentId"), context)


def _model(deployment: View, path: str, context: Context) -> Judged:
    found = deployment.text(path)
    if not found:
        yield Fault(path, "must be set")
    yield from _judge(path, found, context)


def _judge(path: str, reference: str, context: Context) -> Judged:
    if not reference:
        return
    if not _VERSION.search(reference):
        yield Fault(path, "has no version, or one that moves (a label, @latest)")
    registry = _MODELS.match(reference)
    allowed = context.profile.parameters.model_registries
    if registry is not None and not any(fnmatch(registry["registry"].lower(), one.lower()) for one in allowed):
        yield Fault(path, "comes from a registry that is not among the profile's model_registries")


_OURS: Final = "azureml://registries/mlr-mlops-prod/models/triage/versions/3"
_ENVIRONMENT: Final = "/subscriptions/s/…/workspaces/mlw/environments/triage/versions/7"


def _online(model: str | None, environment: str = _ENVIRONMENT) -> dict[str, Any]:
    return {"properties": {**({} if model is None else {"model": model}), "environmentId": environment}}


def _batch(model: str) -> dict[str, Any]:
    return {"properties": {"model": {"assetId": model, "referenceType": "Id"}}}


RULE = Rule(
    id="AML-010",
    title="What answers is a version that was tested, from a registry of ours",
    severity=Severity.HIGH,
    category=Category.SUPPLY_CHAIN,
    types=(
        ML_DEPLOYMENT,
        ML_BATCH_DEPLOYMENT,
    ),
    controls=(
        "itsg33/CM-2",
        "itsg33/SI-7",
        "itsg33/SA-12",
        "mcsb/AI-1",
        "hipaa/164.312(c)(1)",
        "gdpr/25",
        "gdpr/35",
        "popa/10",
        "hia/60",
    ),
    equivalents={"azure_policy": ("12e5dd16-d201-47ff-849b-8454061c293d", "19539b54-c61e-4196-9a38-67598701be90")},
    parameters=("model_registries",),
    why="Behind a label or @latest another model answers tomorrow, and nobody can say which one decided a case.",
    fix="Name model and environment with their version, from the workspace or a registry that the profile names.",
    link="https://learn.microsoft.com/azure/machine-learning/how-to-share-models-pipelines-across-workspaces-with-registries",
    properties=(
        Property(
            "properties.model",
            ABSENT,
            Verdict.FAIL,
            "OnlineDeployment, Microsoft.MachineLearningServices 2025-12-01: none",
            of=(ML_DEPLOYMENT,),
        ),
        Property(
            "properties.model.assetId",
            ABSENT,
            Verdict.FAIL,
            "Microsoft.MachineLearningServices 2025-12-01: none",
            of=(ML_BATCH_DEPLOYMENT,),
        ),
        Property(
            "properties.environmentId",
            ABSENT,
            Verdict.PASS,
            "OnlineDeployment, Microsoft.MachineLearningServices 2025-12-01: the one that an MLflow model brings",
        ),
    ),
    check=check,
    good=(
        Example(_online(_OURS)),
        Example(_online("azureml:triage:3")),
        Example({**_batch(_OURS), "other": 1}, type=ML_BATCH_DEPLOYMENT),
        Example(
            {"properties": {**_batch(_OURS)["properties"], "environmentId": _ENVIRONMENT}},
            type=ML_BATCH_DEPLOYMENT,
        ),
    ),
    bad=(
        Example(_online(None)),
        Example(_online("azureml:triage@latest")),
        Example(_online("azureml://registries/azureml/models/gpt2/versions/1"), title="Microsoft's public registry"),
        Example(_online("azureml://registries/mlr-mlops-prod/models/triage/labels/latest")),
        Example(_online(_OURS, "azureml://registries/mlr-mlops-prod/environments/triage/labels/latest")),
        Example(_batch("azureml:triage"), type=ML_BATCH_DEPLOYMENT),
    ),
    breaks=(
        Break("properties.model", ABSENT, of=(ML_DEPLOYMENT,)),
        Break("properties.model", "azureml:triage@latest", of=(ML_DEPLOYMENT,)),
        Break("properties.model", "azureml://registries/others/models/triage/versions/1", of=(ML_DEPLOYMENT,)),
        Break("properties.model.assetId", "azureml://registries/o/models/t/versions/1", of=(ML_BATCH_DEPLOYMENT,)),
        Break("properties.environmentId", "azureml:triage@latest"),
    ),
)
