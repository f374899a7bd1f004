"""OAI-006: a deployed model is one that was approved, stays what it is, and is filtered and bounded."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import AI_DEPLOYMENT
from policies.values import UNKNOWN, look_up
from policies.view import Fault, Judged, View, guarded

_MODEL: Final = "properties.model.name"
_VERSION: Final = "properties.model.version"
_UPGRADE: Final = "properties.versionUpgradeOption"
_FILTER: Final = "properties.raiPolicyName"
_CAPACITY: Final = "sku.capacity"


def check(deployment: View, context: Context) -> Judged:
    """Model and capacity are within the profile, the version is named and kept, and a filter is named."""
    parameters = context.profile.parameters
    yield from deployment.must_be_one_of(_MODEL, parameters.models)
    yield from deployment.must_be_set(_VERSION, "else Azure takes its newest")
    yield from deployment.must_be_one_of(_UPGRADE, ("NoAutoUpgrade", "OnceCurrentVersionExpired"))
    yield from deployment.must_be_set(_FILTER, "what the content filter refuses is our decision")
    yield from guarded(_filtered(deployment))
    yield from deployment.must_be_between(_CAPACITY, 1, parameters.model_capacity)


def _filtered(deployment: View) -> Judged:
    # Microsoft's own begin so, the one that filters nothing (Microsoft.Nil) among them.
    if look_up(deployment.value, _FILTER) is not UNKNOWN and deployment.word(_FILTER).startswith("microsoft."):
        yield Fault(_FILTER, "is Microsoft's own, which it may change; name a filter of ours")


def _deployment(model: str = "gpt-4o", capacity: int = 50, **changes: Any) -> dict[str, Any]:
    kept = {"versionUpgradeOption": "NoAutoUpgrade", "raiPolicyName": "platform"}
    named = {"format": "OpenAI", "name": model, "version": "2024-11-20"}
    return {"sku": {"name": "Standard", "capacity": capacity}, "properties": {"model": named, **kept, **changes}}


_SOURCE: Final = "Deployment, Microsoft.CognitiveServices 2025-06-01: none is promised, so it must be written"

RULE = Rule(
    id="OAI-006",
    title="A deployed model is one that was approved, stays what it is, and is filtered and bounded",
    severity=Severity.HIGH,
    category=Category.GOVERNANCE,
    types=(AI_DEPLOYMENT,),
    controls=("itsg33/CM-2", "itsg33/SA-4", "itsg33/SI-10", "mcsb/AI-1", "gdpr/25", "gdpr/35", "popa/26"),
    equivalents={
        "azure_policy": ("aafe3651-cb78-4f68-9f81-e7e41509110f", "af253d37-136a-42f8-a1fc-30010c083d41"),
    },
    parameters=("models", "model_capacity"),
    why="A model that changes by itself was never tested; one without a bound spends a month's money in a night.",
    fix="Take a model that the profile names, with version, NoAutoUpgrade, raiPolicyName and capacity (settings: "
    "generative_ai.accounts).",
    link="https://learn.microsoft.com/azure/ai-services/openai/how-to/working-with-models",
    properties=(
        Property(_MODEL, ABSENT, Verdict.FAIL, "Deployment, Microsoft.CognitiveServices 2025-06-01: required"),
        Property(_VERSION, ABSENT, Verdict.FAIL, "Azure takes the default version (not re-read)", unknown=Verdict.PASS),
        Property(_UPGRADE, ABSENT, Verdict.FAIL, _SOURCE),
        Property(
            _FILTER, ABSENT, Verdict.FAIL, "Azure takes a filter of Microsoft (not re-read)", unknown=Verdict.PASS
        ),
        Property(_CAPACITY, ABSENT, Verdict.FAIL, _SOURCE),
    ),
    check=check,
    good=(
        Example(_deployment(capacity=100), title="as much as prod allows"),
        Example(_deployment("text-embedding-3-small", 10), environment="dev"),
        Example(_deployment(versionUpgradeOption="OnceCurrentVersionExpired")),
    ),
    bad=(
        Example(_deployment("gpt-3.5-turbo")),
        Example(_deployment(capacity=101)),
        Example(_deployment(capacity=11), environment="dev"),
        Example(_deployment(versionUpgradeOption="OnceNewDefaultVersionAvailable")),
        Example(_deployment(raiPolicyName="")),
        Example(_deployment(raiPolicyName="Microsoft.Nil")),
        Example(_deployment(capacity=0)),
    ),
    breaks=(
        Break(_MODEL, "gpt-3.5-turbo"),
        Break(_VERSION, ABSENT),
        Break(_UPGRADE, "OnceNewDefaultVersionAvailable"),
        Break(_UPGRADE, ABSENT),
        Break(_FILTER, ABSENT),
        Break(_FILTER, "Microsoft.DefaultV2"),
        Break(_CAPACITY, 100000),
        Break(_CAPACITY, ABSENT),
    ),
)
