"""What Cognitive Services refuses about a deployment: its model and version, its region, its capacity, its policy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from facts.openai_models import ModelVersion, offered, versions
from simulator.ids import key, parents
from simulator.model import Request, normal_location
from simulator.resources.cognitiveservices.deployment_kind_rules import DEPLOYMENT_KIND_RULES
from simulator.rule import Fault, rule
from simulator.store import Record
from simulator.subscription import subscription
from simulator.values import at

_TYPE: Final = "Microsoft.CognitiveServices/accounts/deployments"
_NAME: Final = "properties.model.name"
_VERSION: Final = "properties.model.version"
_FORMAT: Final = "properties.model.format"
# OpenAI's own names of models that Azure spells otherwise.
_OTHER_NAMES: Final = {"gpt-3.5-turbo": "gpt-35-turbo", "gpt-3.5-turbo-16k": "gpt-35-turbo-16k"}
# Families that get no further version; of the others a version that the table lacks may be newer than the table.
_CLOSED: Final = frozenset(
    {
        "gpt-35-turbo", "gpt-35-turbo-16k", "gpt-4", "gpt-4-32k", "gpt-4o", "gpt-4o-mini", "gpt-4.1", "gpt-4.1-mini",
        "gpt-4.1-nano", "o1", "o3-mini", "text-embedding-ada-002", "text-embedding-3-small", "text-embedding-3-large",
    }
)  # fmt: skip
# The day on which the models before gpt-35-turbo went; of them Azure says that there are better ones.
_FIRST_GENERATION: Final = date(2024, 6, 14)


def _model(request: Request) -> tuple[str, str | None] | None:
    """The name and version of an OpenAI model that this write deploys; `None` where there is none to judge."""
    name, version = request.known(_NAME), request.known(_VERSION)
    if not isinstance(name, str) or request.known(_FORMAT, "OpenAI") != "OpenAI":
        return None
    if request.old is not None and at(request.old.body, "properties.model") == request.at("properties.model"):
        return None
    return name.lower(), version if isinstance(version, str) else None


def _known(name: str) -> tuple[ModelVersion, ...]:
    return versions().get(name, ())


def _account(request: Request) -> Record | None:
    return request.world.get(next(parents(request.id), ""))


def _region(record: Record | None) -> str:
    location = record.body.get("location") if record is not None else None
    return normal_location(location) if isinstance(location, str) else ""


@rule(
    "cog-deployment-model-unknown", kind="static", code="DeploymentModelNotSupported", quoted=True,
    source="Azure-Samples/azure-search-openai-demo#408; microsoft/microsoft-foundry-for-vscode#497; "
    "facts/openai_models.py", reads=(_NAME, _VERSION, _FORMAT),
)  # fmt: skip
def model_exists(request: Request) -> Iterator[Fault]:
    """Names are those of Azure, and a version is one that the model has or had."""
    found = _model(request)
    if found is None:
        return
    name, version = found
    has = {each.version.lower() for each in _known(name)}
    if name in _OTHER_NAMES:
        target, fix = _NAME, f"write {_OTHER_NAMES[name]}, or a newer model"
    elif name in _CLOSED and version is not None and version.lower() not in has:
        target, fix = _VERSION, f"use one of {', '.join(each.version for each in _known(name))}"
    else:
        return
    yield Fault(
        f"The model 'Format:OpenAI,Name:{request.known(_NAME)},Version:{version or ''}' of account deployment is not "
        "supported.",
        target,
        fix,
    )


@rule(
    "cog-deployment-first-generation", kind="static", code="DeploymentModelNotSupported", quoted=True,
    source="Azure-Samples/azure-search-openai-demo#388; microsoft/PubSec-Info-Assistant#141", reads=(_NAME, _FORMAT),
)  # fmt: skip
def model_is_of_this_age(request: Request) -> Iterator[Fault]:
    """The models before gpt-35-turbo are gone in every version."""
    found = _model(request)
    if found is not None and any(each.retired == _FIRST_GENERATION for each in _known(found[0])):
        yield Fault(
            f"Creating account deployment is not supported by the model '{request.known(_NAME)}'. This is usually "
            "because there are better models available for the similar functionality.",
            _NAME,
            "use a current model, such as gpt-4.1-mini or text-embedding-3-small",
        )


@rule(
    "cog-deployment-retired", kind="static", code="ServiceModelDeprecated", quoted=True,
    source="Azure-Samples/Azure-Functions-OpenAI-Demo#30; shohei1029/book-azureopenai-sample#23; "
    "facts/openai_versions.csv", reads=(_NAME, _VERSION, _FORMAT),
)  # fmt: skip
def version_is_not_retired(request: Request) -> Iterator[Fault]:
    """A retired version takes no new deployments."""
    found = _model(request)
    for each in _known(found[0]) if found is not None else ():
        if found is None or each.retired in (None, _FIRST_GENERATION) or each.version != found[1]:
            continue
        yield Fault(
            f"The model 'Format:OpenAI,Name:{request.known(_NAME)},Version:{each.version}' has been deprecated since "
            f"{each.retired:%m/%d/%Y} 00:00:00.",
            _VERSION,
            "use a current version or model, such as gpt-4.1-mini 2025-04-14",
        )


@rule(
    "cog-deployment-not-in-region", kind="cross-resource", code="InvalidResourceProperties", quoted=True,
    source="microsoft/microsoft-foundry-for-vscode#644; Azure-Samples/azure-search-openai-demo#1840; "
    "facts/openai_models.py", reads=(_NAME, _VERSION, _FORMAT, "sku.name"),
)  # fmt: skip
def region_offers_it(request: Request) -> Iterator[Fault]:
    """A region offers a version for some kinds of deployment and not for others."""
    found, sku, region = _model(request), _sku(request), _region(_account(request))
    if found is None or found[1] is None or sku is None:
        return
    if offered(sku, found[0], found[1], region) is False:
        others = [other for other in _SKUS if offered(other, found[0], found[1], region)]
        yield Fault(
            f"The specified SKU '{sku}' for model '{found[0]} {found[1]}' is not supported in this region '{region}'.",
            "sku.name",
            f"use {' or '.join(others)} here, or an account in another region" if others else "use another region",
        )


def _sku(request: Request) -> str | None:
    """The kind of the deployment: a new one without any is made as Standard (terraform-provider-azurerm#22223)."""
    if request.at("sku") is None and request.old is None:
        return "Standard"
    name = request.known("sku.name")
    return name if isinstance(name, str) else None


_SKUS: Final = (
    "Standard", "GlobalStandard", "DataZoneStandard", "ProvisionedManaged", "GlobalProvisionedManaged",
    "DataZoneProvisionedManaged",
)  # fmt: skip


@rule(
    "cog-deployment-quota", kind="state", code="InsufficientQuota", quoted=True,
    source="microsoft/Deploy-Your-AI-Application-In-Production#27; microsoft/PubSec-Info-Assistant#880",
    reads=(_NAME, "sku.name", "sku.capacity"),
)  # fmt: skip
def quota_suffices(request: Request) -> Iterator[Fault]:
    """All deployments of a model and kind in a region share a quota, `OpenAI.<kind>.<model>` in the usages of az."""
    sku, model, wanted = request.known("sku.name"), request.known(_NAME), request.known("sku.capacity")
    region = _region(_account(request))
    if not isinstance(sku, str) or not isinstance(model, str) or not isinstance(wanted, int):
        return
    limit = subscription().quota(f"OpenAI.{sku}.{model}", region)
    if limit is None:
        limit = subscription().quota(f"OpenAI.{sku}.{model.replace('gpt-', 'gpt', 1)}", region)
    used = _used(request, sku, model, region)
    if limit is not None and wanted > limit - used:
        meter = f"Tokens Per Minute (thousands) - {model}" + ("" if sku == "Standard" else f" - {sku}")
        yield Fault(
            f"This operation require {wanted} new capacity in quota {meter}, which is bigger than the current "
            f"available capacity {limit - used}. The current quota usage is {used} and the quota limit is {limit} for "
            f"quota {meter}.",
            "sku.capacity",
            f"use at most {limit - used}, shrink another deployment, or ask for more quota",
        )


def _used(request: Request, sku: str, model: str, region: str) -> int:
    """What the other deployments of a model and kind take in a region."""
    taken = 0
    for other in request.world.of_type(_TYPE):
        capacity = at(other.body, "sku.capacity")
        if other.key == key(request.id) or not isinstance(capacity, int):
            continue
        same = at(other.body, "sku.name") == sku and at(other.body, _NAME) == model
        if same and _region(request.world.get(next(parents(other.id), ""))) == region:
            taken += capacity
    return taken


@rule(
    "cog-deployment-policy-missing", kind="cross-resource", code="InvalidResourceProperties",
    source="azure-rest-api-specs:cognitiveservices.json, raiPolicyName (2024-10-01; code not confirmed)",
)  # fmt: skip
def policy_exists(request: Request) -> Iterator[Fault]:
    """A content filter of one's own is made before the deployments that use it; Microsoft's are always there."""
    name, account = request.known("properties.raiPolicyName"), _account(request)
    if not isinstance(name, str) or not name or name.lower().startswith("microsoft.") or account is None:
        return
    here = [other for other in request.world.below(account.id) if other.type.lower().endswith("/raipolicies")]
    shared = request.world.of_type("Microsoft.CognitiveServices/raiPolicies")
    if not any(other.key.endswith(f"/raipolicies/{name.lower()}") for other in [*here, *shared]):
        yield Fault(
            f"account {account.id} has no content filter '{name}'",
            "properties.raiPolicyName",
            "create the RaiPolicy first and pass its name, so that the order is known",
        )


DEPLOYMENT_RULES: Final = (
    *DEPLOYMENT_KIND_RULES, model_exists, model_is_of_this_age, version_is_not_retired, region_offers_it,
    policy_exists, quota_suffices,
)  # fmt: skip
