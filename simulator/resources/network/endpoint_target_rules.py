"""What Azure refuses because of what a private endpoint leads to: tiers and accounts that take none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from simulator.model import Request
from simulator.resources.network.endpoint_rules import connections_of, target_of
from simulator.rule import Fault, rule
from simulator.store import Record
from simulator.values import UNKNOWN, at

# The tiers of a type that take no private endpoints, in lower case, and what to use instead.
_TIERS: Final[Mapping[str, tuple[frozenset[str], str]]] = {
    # sassoftware/viya4-iac-azure#243.
    "microsoft.containerregistry/registries": (frozenset({"basic", "standard"}), "Premium"),
    # learn.microsoft.com search/service-create-private-endpoint; MicrosoftDocs/azure-docs#63520.
    "microsoft.search/searchservices": (frozenset({"free"}), "basic or higher"),
    # microsoft/aspire#14484; Azure/azure-service-bus#474.
    "microsoft.servicebus/namespaces": (frozenset({"basic", "standard"}), "Premium"),
    # MicrosoftDocs/azure-docs#86399.
    "microsoft.eventhub/namespaces": (frozenset({"basic"}), "Standard or higher"),
    # MicrosoftDocs/azure-docs#125995 (concept-private-endpoint.md of App Configuration).
    "microsoft.appconfiguration/configurationstores": (frozenset({"free"}), "standard or higher"),
    # learn.microsoft.com databricks/security/network/classic/private-link, requirements.
    "microsoft.databricks/workspaces": (frozenset({"standard"}), "premium"),
    # microsoft/GitHub-Copilot-for-Azure infra planner, compute-apps.md of 2026-08.
    "microsoft.web/staticsites": (frozenset({"free"}), "Standard"),
}
# MicrosoftDocs/azure-docs#112277, #91178: from Basic on; Free and Shared plans have none, nor has Consumption.
_PLANS_WITHOUT: Final = {
    "f1": "Free", "d1": "Shared", "y1": "Dynamic", "free": "Free", "shared": "Shared", "dynamic": "Dynamic",
}  # fmt: skip


@rule(
    "net-pe-tier-of-target", kind="cross-resource",
    source="a page or report for each type, beside its tiers in endpoint_target_rules.py (code not confirmed)",
)  # fmt: skip
def tier_takes_endpoints(request: Request) -> Iterator[Fault]:
    """Cheap tiers of several services take no private endpoints."""
    for path, record in _targets(request):
        without, instead = _TIERS.get(record.type.lower(), (frozenset(), ""))
        tier = at(record.body, "sku.name")
        if isinstance(tier, str) and tier.lower() in without:
            yield Fault(
                f"{record.id} is of tier {tier}, which takes no private endpoints",
                f"{path}.privateLinkServiceId",
                f"give the target the tier {instead}, or leave the endpoint out",
            )


@rule(
    "net-pe-plan-of-site", kind="cross-resource",
    source="MicrosoftDocs/azure-docs#112277, #91178 (code not confirmed)",
)  # fmt: skip
def plan_takes_endpoints(request: Request) -> Iterator[Fault]:
    """Sites of a free, shared or consumption plan take no private endpoints."""
    for path, record in _targets(request):
        if record.type.lower() != "microsoft.web/sites":
            continue
        plan = request.world.get(str(record.body.get("serverFarmId", "")))
        tier = at(plan.body, "sku.name") if plan is not None else None
        if plan is not None and isinstance(tier, str) and tier.lower() in _PLANS_WITHOUT:
            yield Fault(
                f"Call to Microsoft.Web/sites failed. Error message: SkuCode '{_PLANS_WITHOUT[tier.lower()]}' is "
                f"invalid. {record.id} runs on {plan.id}.",
                f"{path}.privateLinkServiceId",
                "give the plan the tier B1 or higher; functions also take FC1 or EP1",
            )


@rule(
    "net-pe-storage-kind", kind="cross-resource", code="OperationNotAllowedOnKind", quoted=True,
    source="MicrosoftDocs/azure-docs#96411, #61161, #51661",
)  # fmt: skip
def kind_takes_endpoints(request: Request) -> Iterator[Fault]:
    """Storage accounts of the first generation take no private endpoints."""
    for path, record in _targets(request):
        if record.type.lower() == "microsoft.storage/storageaccounts" and record.body.get("kind") == "Storage":
            yield Fault(
                "Call to Microsoft.Storage/storageAccounts failed. Error message: The operation is not allowed on "
                "account kind Storage",
                f"{path}.privateLinkServiceId",
                "give the account kind StorageV2: an account can be upgraded in place",
            )


@rule(
    "cog-private-endpoint-needs-subdomain", kind="cross-resource",
    source="hashicorp/terraform-provider-azurerm#7338; pulumi/pulumi-azure-native#2754 (code not confirmed)",
)  # fmt: skip
def account_has_subdomain(request: Request) -> Iterator[Fault]:
    """An account of Cognitive Services is reached privately by its own subdomain, never by the regional endpoint."""
    yield from _each(
        request,
        "microsoft.cognitiveservices/accounts",
        lambda body: at(body, "properties.customSubDomainName") in (None, ""),
        "has no custom subdomain (`properties.customSubDomainName`), and private endpoints need one",
        "give the account a customSubDomainName; it can be added once and never changed",
    )


def _each(
    request: Request, arm_type: str, is_wrong: Callable[[Mapping[str, Any]], bool], what: str, fix: str
) -> Iterator[Fault]:
    for path, record in _targets(request):
        if record.type.lower() == arm_type and is_wrong(record.body):
            yield Fault(f"{record.id} {what}", f"{path}.privateLinkServiceId", fix)


def _targets(request: Request) -> Iterator[tuple[str, Record]]:
    """What the connections lead to and is here."""
    for path, connection in connections_of(request):
        found = target_of(connection)
        record = request.world.get(found[0]) if found is not None else None
        if record is not None and record.body.get("sku") is not UNKNOWN:
            yield path, record


TARGET_RULES: Final = (tier_takes_endpoints, plan_takes_endpoints, kind_takes_endpoints, account_has_subdomain)
