"""What Cognitive Services refuses because of the subscription: what it has not registered, names that are gone."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Final

from simulator.ids import key
from simulator.model import Request
from simulator.resources.firewall_rules import known_items
from simulator.rule import Fault, Rule, rule
from simulator.subscription import subscription
from simulator.values import at

_TYPE: Final = "Microsoft.CognitiveServices/accounts"
_OF_AGENTS: Final = ("Microsoft.App", "Microsoft.ContainerService")


@rule(
    "cog-subscription-feature", kind="state", code="SpecialFeatureOrQuotaIdRequired",
    source="Azure-Samples/azure-search-openai-demo#110", quoted=True,
)  # fmt: skip
def kind_is_approved(request: Request) -> Iterator[Fault]:
    """Some kinds of account need an approval of the subscription."""
    kind, sku = request.known("kind"), request.known("sku.name")
    approved = subscription().feature_registered(f"Microsoft.CognitiveServices/{kind}")
    if request.old is None and isinstance(kind, str) and not approved:
        yield Fault(
            f"The subscription does not have QuotaId/Feature required by SKU '{sku}' from kind '{kind}'",
            "kind",
            f"apply for access to {kind}, or deploy into a subscription that has it",
        )


@rule(
    "cog-agent-providers", kind="state", code="OperationError", reads=("properties.networkInjections",),
    source="microsoft-foundry/foundry-samples#853, #254; the code of #280",
)  # fmt: skip
def agents_have_their_providers(request: Request) -> Iterator[Fault]:
    """Agents in a network of one's own run on container apps, whose providers the subscription registers first."""
    subnets = [at(item, "subnetArmId") for _, item in known_items(request, "properties.networkInjections")]
    missing = [name for name in _OF_AGENTS if not subscription().provider_registered(name)]
    if any(subnets) and missing:
        yield Fault(
            f"the network of the agents needs the resource provider {missing[0]}, which is not registered",
            "properties.networkInjections",
            f"run az provider register --namespace {missing[0]}",
        )


@rule(
    "cog-subdomain-taken", kind="state", code="CustomDomainInUse", source="Azure/bicep#17663",
    status=HTTPStatus.CONFLICT, quoted=True,
)  # fmt: skip
def subdomain_is_free(request: Request) -> Iterator[Fault]:
    """A subdomain is unique in the world; a deleted account holds it until it is purged."""
    name = request.known("properties.customSubDomainName")
    if request.old is not None or not isinstance(name, str):
        return
    here = [each for each in request.world.of_type(_TYPE) if each.key != key(request.id)]
    taken = {str(at(each.body, "properties.customSubDomainName")).lower() for each in here}
    if name.lower() in taken or subscription().is_name_taken(_TYPE, name):
        yield Fault(
            f"Please pick a different name. The subdomain name '{name}' is not available as it's already used by a "
            "resource. If the resource using the name was deleted in the last 48 hours, you may need to purge the "
            "deleted resource.",
            "properties.customSubDomainName",
            "use another subdomain, or purge the deleted account that holds it",
        )


@rule(
    "cog-soft-deleted-name", kind="state", code="FlagMustBeSetForRestore", status=HTTPStatus.CONFLICT,
    source="Azure/azure-cli#18146", reads=("properties.restore",), quoted=True,
)  # fmt: skip
def name_is_not_soft_deleted(request: Request) -> Iterator[Fault]:
    """A deleted account holds its name for 48 hours; `restore` brings it back."""
    deleted = request.world.soft_deleted(_TYPE, request.name, request.id)
    if request.old is None and deleted is not None and request.known("properties.restore") is not True:
        yield Fault(
            f"An existing resource with ID '{request.id}' has been soft-deleted. To restore the resource, you must "
            "specify 'restore' to be 'true' in the property. If you don't want to restore existing resource, please "
            "purge it first.",
            "accountName",
            "set `properties.restore` to true, purge the deleted account, or use another name",
        )


ACCOUNT_STATE_RULES: Final[tuple[Rule, ...]] = (
    kind_is_approved, agents_have_their_providers, subdomain_is_free, name_is_not_soft_deleted,
)  # fmt: skip
