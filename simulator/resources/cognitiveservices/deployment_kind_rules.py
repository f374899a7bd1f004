"""What Cognitive Services refuses about the kind of a deployment (its SKU), and about another model in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from simulator.model import Request
from simulator.rule import Fault, rule
from simulator.values import at

_SCALE: Final = "properties.scaleSettings"
_MODEL: Final = "properties.model.name"
# The kinds of learn.microsoft.com/azure/ai-foundry/foundry-models/concepts/deployment-types (checked 2026-11-25), by
# their names in lower case, as Azure compares them.
_KINDS: Final = {
    kind.lower(): kind
    for kind in (
        "Standard", "GlobalStandard", "DataZoneStandard", "ProvisionedManaged", "GlobalProvisionedManaged",
        "DataZoneProvisionedManaged", "GlobalBatch", "DataZoneBatch", "DeveloperTier",
    )
}  # fmt: skip
# SKUs of accounts: F0, S, S0, S1, DC0 and so on, and their tiers.
_OF_ACCOUNTS: Final = re.compile(r"[A-Z]{1,2}\d*|Free|Basic|Premium|Enterprise", re.IGNORECASE)
# How near a name has to be to a kind to be that kind misspelled, and not one that is newer than the table.
_NEAR: Final = 0.87


@rule(
    "cog-deployment-scale-settings", kind="static", code="InvalidResourceProperties", quoted=True,
    source="Azure/bicep-types-az#2142; hashicorp/terraform-provider-azurerm#22377",
)  # fmt: skip
def scale_is_a_sku(request: Request) -> Iterator[Fault]:
    """What a deployment takes was said in `scaleSettings` before 2023."""
    if request.known(_SCALE):
        yield Fault(
            "The scale settings of account deployment is deprecated since API version '2023-05-01', please use 'sku' "
            "instead.",
            _SCALE,
            "remove scaleSettings, and write sku: {name: GlobalStandard, capacity: …}",
        )


@rule(
    "cog-deployment-sku-name", kind="static", code="InvalidResourceProperties", quoted=True,
    source="Azure/bicep-registry-modules#6561, #7052 (code not confirmed)",
)  # fmt: skip
def kind_is_one_of_deployments(request: Request) -> Iterator[Fault]:
    """The SKUs of deployments are not those of accounts."""
    name = request.known("sku.name")
    if isinstance(name, str) and (_OF_ACCOUNTS.fullmatch(name) or _misspelled(name)):
        yield Fault(
            f"The deployment sku name '{name}' is invalid.",
            "sku.name",
            f"write {_misspelled(name) or 'one of ' + ', '.join(_KINDS.values())}",
        )


def _misspelled(name: str) -> str | None:
    """The kind that is meant by a name such as `Global-Standard`; a kind that is not in the table may be new."""
    plain = re.sub(r"[\W_]", "", name).lower()
    if name.lower() in _KINDS:
        return None
    near = [kind for kind in _KINDS if abs(len(kind) - len(plain)) <= 1]
    return next((_KINDS[kind] for kind in get_close_matches(plain, near, n=1, cutoff=_NEAR)), None)


@rule(
    "cog-deployment-sku-missing", kind="lifecycle", code="InvalidResourceProperties", quoted=True,
    source="Azure/bicep-registry-modules#423",
)  # fmt: skip
def sku_is_said_again(request: Request) -> Iterator[Fault]:
    """A deployment may be made without a kind, and not be written again without one."""
    if request.old is not None and request.at("sku") is None:
        yield Fault(
            "The sku of model deployment is not provided.", "sku", "name the kind that it has, such as Standard"
        )


@rule(
    "cog-deployment-model-change", kind="lifecycle", code="CannotChangeDeploymentModel", quoted=True,
    source="Azure-Samples/azure-search-openai-demo#1330, #1429; MicrosoftDocs/azure-ai-docs:working-with-models.md, "
    "in-place migrations for provisioned deployments (checked 2026-11-25)", reads=(_MODEL, "sku.name"),
)  # fmt: skip
def model_stays(request: Request) -> Iterator[Fault]:
    """A deployment gets other versions of its model; only a provisioned one gets another model."""
    before = at(request.old.body, _MODEL) if request.old is not None else None
    now, kind = request.known(_MODEL), request.known("sku.name", "Standard")
    if not isinstance(before, str) or not isinstance(now, str):
        return
    if before.lower() != now.lower() and str(kind).lower().endswith("standard"):
        yield Fault(
            "The model of deployment cannot be changed.",
            _MODEL,
            f"keep {before}, or make another deployment with a deploymentName of its own",
        )


DEPLOYMENT_KIND_RULES: Final = (scale_is_a_sku, kind_is_one_of_deployments, sku_is_said_again, model_stays)
