"""AML-015: an environment is an image of ours that stays the same."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Scope, Severity, Verdict
from policies.rules._registries import pinned_image
from policies.types import ML_ENVIRONMENT
from policies.view import Judged, View, guarded

_IMAGE: Final = "properties.image"
_BUILT: Final = ("properties.build", "properties.condaFile")
_REBUILT: Final = "properties.autoRebuild"


def check(environment: View, context: Context) -> Judged:
    """A pinned image, and nothing that Azure ML builds on top of it."""
    yield from guarded(_image(environment, context))
    for path in _BUILT:
        yield from environment.must_not_be_set(path, "because Azure ML builds it anew, with what packages are then")
    yield from environment.must_be(_REBUILT, "Disabled")


def _image(environment: View, context: Context) -> Judged:
    yield from pinned_image(environment.text(_IMAGE), _IMAGE, context)


_SHA: Final = "@sha256:" + 64 * "0"
_OURS: Final = f"crplatform.azurecr.io/ml/training{_SHA}"


def _environment(image: str = _OURS, rebuilt: str = "Disabled", **changes: Any) -> dict[str, Any]:
    return {"properties": {"image": image, "autoRebuild": rebuilt, **changes}}


_API: Final = "EnvironmentVersion, Microsoft.MachineLearningServices 2025-12-01"

RULE = Rule(
    id="AML-015",
    title="An environment is an image of ours that stays the same",
    severity=Severity.HIGH,
    category=Category.SUPPLY_CHAIN,
    types=(ML_ENVIRONMENT,),
    scope=Scope.STACK,
    controls=("itsg33/SI-7", "itsg33/SA-12", "itsg33/CM-2", "mcsb/DS-6", "gdpr/32(1)(b)", "popa/10"),
    parameters=("image_registries",),
    why="A model that was trained in one set of packages answers with another, and nobody chose the new ones.",
    fix="Build the image in a pipeline, scan it, and name it here by digest; leave out build and condaFile (settings: "
    "machine_learning.environments).",
    link="https://learn.microsoft.com/azure/machine-learning/concept-environments",
    properties=(
        Property(_IMAGE, ABSENT, Verdict.FAIL, f"{_API}: none"),
        *(Property(path, ABSENT, Verdict.PASS, f"{_API}: none") for path in _BUILT),
        Property(_REBUILT, "Disabled", Verdict.PASS, f"{_API}: Disabled (not re-read)"),
    ),
    check=check,
    good=(Example(_environment()), Example(_environment(build={}, condaFile=""), environment="dev")),
    bad=(
        Example(_environment("crplatform.azurecr.io/ml/training:7")),
        Example(_environment(f"mcr.microsoft.com/azureml/openmpi{_SHA}")),
        Example(_environment(build={"contextUri": "https://x.example"})),
        Example(_environment(condaFile="dependencies: [pip]")),
        Example(_environment(rebuilt="OnBaseImageUpdate")),
    ),
    breaks=(
        Break(_IMAGE, "crplatform.azurecr.io/ml/training:latest"),
        Break(_IMAGE, f"docker.io/library/python{_SHA}"),
        Break(_IMAGE, ABSENT),
        *(Break(path, "anything") for path in _BUILT),
        Break(_REBUILT, "OnBaseImageUpdate"),
    ),
)
