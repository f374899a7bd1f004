"""What a container registry refuses: features of the SKU Premium, and settings that don't go together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final

from simulator.ids import key, parents
from simulator.model import Request, normal_location
from simulator.resources.firewall_rules import known_items, range_of
from simulator.rule import Fault, Rule, rule
from simulator.store import Record
from simulator.subscription import subscription
from simulator.values import at

_DOCS: Final = "MicrosoftDocs/azure-management-docs container-registry"
_NETWORKS: Final = f"{_DOCS}/container-registry-access-selected-networks.md (checked 2026-11-25)"
_REPLICAS: Final = f"{_DOCS}/container-registry-geo-replication.md (checked 2026-11-25)"
_CHANGES: Final = f"{_DOCS}/container-registry-skus.md (checked 2026-11-25)"
_SOFT_DELETE: Final = f"{_DOCS}/container-registry-soft-delete-policy.md (checked 2026-11-25)"
_TYPE: Final = "Microsoft.ContainerRegistry/registries"
_EXPORTS: Final = f"{_DOCS}/data-loss-prevention.md (checked 2026-11-25)"
REPLICATIONS: Final = "Microsoft.ContainerRegistry/registries/replications"


def tier_below_premium(request: Request) -> str | None:
    """The SKU below Premium; `None` for Premium, Classic and what is not known."""
    tier = request.known("sku.name")
    return tier if tier in {"Basic", "Standard"} else None


def premium_only(request: Request, path: str, values: tuple[Any, ...], what: str) -> Iterator[Fault]:
    tier = tier_below_premium(request)
    if tier is not None and request.known(path) in values:
        yield Fault(f"{what} needs a registry of the SKU Premium, not {tier}", path, "use the SKU Premium")


@rule(
    "acr-public-access-premium", kind="static", code="DisablingPublicNetworkAccessNotSupported", quoted=True,
    source="Azure-Samples/dotNET-Frontend-AB-Testing-on-Azure-Container-Apps#5",
)  # fmt: skip
def closes_only_as_premium(request: Request) -> Iterator[Fault]:
    """Only Premium registries can be closed to the public network."""
    tier = tier_below_premium(request)
    if tier is not None and request.at("publicNetworkAccess") == "Disabled":
        yield Fault(
            f"Disabling public network access is not supported for the SKU {tier}. For more information, please "
            "visit https://aka.ms/acr/private-link.",
            "publicNetworkAccess",
            "use the SKU Premium",
        )


@rule("acr-ip-rules-premium", kind="static", source=_NETWORKS)
def network_rules_need_premium(request: Request) -> Iterator[Fault]:
    """Rules for single networks, and closing the registry to all others."""
    tier, rules = tier_below_premium(request), request.known("networkRuleSet.ipRules")
    yield from premium_only(request, "networkRuleSet.defaultAction", ("Deny",), "denying other networks")
    if tier is not None and isinstance(rules, list) and rules:
        yield Fault(
            f"IP rules need a registry of the SKU Premium, not {tier}", "networkRuleSet.ipRules", "use the SKU Premium"
        )


@rule("acr-ip-rules-limit", kind="static", source=_NETWORKS)
def ip_rules_are_at_most_200(request: Request) -> Iterator[Fault]:
    """A Premium registry has 200 IP rules at most."""
    rules = request.known("networkRuleSet.ipRules")
    if isinstance(rules, list) and len(rules) > 200:
        yield Fault(f"a registry has 200 IP rules at most, not {len(rules)}", "networkRuleSet.ipRules", "join ranges")


@rule("acr-ip-rule", kind="static", source=f"{_NETWORKS} (code not confirmed)")
def ip_rules_are_ranges(request: Request) -> Iterator[Fault]:
    """A rule holds an IPv4 address or a range of them."""
    for target, item in known_items(request, "networkRuleSet.ipRules"):
        text = at(item, "iPAddressOrRange")
        if isinstance(text, str) and range_of(text) is None:
            yield Fault(f"'{text}' is no IPv4 address or range", f"{target}.iPAddressOrRange", "write CIDR")


@rule("acr-data-endpoint-premium", kind="static",
      source=f"{_DOCS}/container-registry-dedicated-data-endpoints.md (checked 2026-11-25)")  # fmt: skip
def data_endpoint_needs_premium(request: Request) -> Iterator[Fault]:
    """Dedicated data endpoints."""
    yield from premium_only(request, "dataEndpointEnabled", (True,), "a dedicated data endpoint")


@rule("acr-trust-premium", kind="static", source="Azure/PSRule.Rules.Azure#1304")
def content_trust_needs_premium(request: Request) -> Iterator[Fault]:
    """Content trust."""
    yield from premium_only(request, "policies.trustPolicy.status", ("enabled",), "content trust")


@rule("acr-retention-premium", kind="static",
      source="Azure/terraform-azurerm-avm-res-containerregistry-registry#108")  # fmt: skip
def retention_needs_premium(request: Request) -> Iterator[Fault]:
    """The retention of untagged manifests."""
    yield from premium_only(request, "policies.retentionPolicy.status", ("enabled",), "a retention policy")


@rule("acr-quarantine-premium", kind="static", code="SkuNotSupported", quoted=True,
      source="Azure/bicep-registry-modules#1316")  # fmt: skip
def quarantine_needs_premium(request: Request) -> Iterator[Fault]:
    """Quarantine of pushed images."""
    tier = tier_below_premium(request)
    if tier is not None and request.at("policies.quarantinePolicy.status") == "enabled":
        yield Fault(f"The SKU {tier} is not supported.", "policies.quarantinePolicy", "use the SKU Premium")


@rule("acr-export-premium", kind="static", source=_EXPORTS)
def export_policy_needs_premium(request: Request) -> Iterator[Fault]:
    """Keeping images from being exported."""
    yield from premium_only(request, "policies.exportPolicy.status", ("disabled",), "an export policy")


@rule("acr-anonymous-pull-standard", kind="static", source=f"{_DOCS}/anonymous-pull-access.md (checked 2026-11-25)")
def anonymous_pull_needs_standard(request: Request) -> Iterator[Fault]:
    """Anonymous pull is in Standard and Premium."""
    if request.at("sku.name") == "Basic" and request.at("anonymousPullEnabled") is True:
        yield Fault("anonymous pull needs the SKU Standard or Premium, not Basic", "anonymousPullEnabled")


@rule("acr-export-needs-closed", kind="static", source=_EXPORTS, reads=("publicNetworkAccess",))
def export_is_off_only_when_closed(request: Request) -> Iterator[Fault]:
    """Exports can be off only where the registry is closed to the public network."""
    if request.at("policies.exportPolicy.status") == "disabled" and request.at("publicNetworkAccess") != "Disabled":
        yield Fault(
            "the export policy can be disabled only when public network access is disabled",
            "policies.exportPolicy.status",
            "set `publicNetworkAccess` to Disabled",
        )


@rule("acr-retention-days", kind="static",
      source=f"{_DOCS}/container-registry-retention-policy.md (checked 2026-11-25)")  # fmt: skip
def retention_is_0_to_365_days(request: Request) -> Iterator[Fault]:
    """Untagged manifests are kept for 0 to 365 days."""
    days = request.known("policies.retentionPolicy.days")
    if isinstance(days, int) and not 0 <= days <= 365:
        yield Fault(f"untagged manifests are kept for 0 to 365 days, not {days}", "policies.retentionPolicy.days")


@rule("acr-soft-delete-days", kind="static", source=_SOFT_DELETE)
def soft_delete_is_1_to_90_days(request: Request) -> Iterator[Fault]:
    """Deleted artifacts are kept for 1 to 90 days."""
    days = request.known("policies.softDeletePolicy.retentionDays")
    if isinstance(days, int) and not 1 <= days <= 90:
        yield Fault(
            f"deleted artifacts are kept for 1 to 90 days, not {days}", "policies.softDeletePolicy.retentionDays"
        )


@rule("acr-soft-delete-or-retention", kind="static", source=_SOFT_DELETE, reads=("policies",))
def soft_delete_excludes_retention(request: Request) -> Iterator[Fault]:
    """What is purged for want of a tag can't be kept as deleted."""
    path = "policies.softDeletePolicy.status"
    if request.at(path) == "enabled" and request.at("policies.retentionPolicy.status") == "enabled":
        yield Fault("the retention policy and the soft delete policy exclude each other", path, "leave out one of them")


@rule("acr-soft-delete-alone", kind="lifecycle", source=_SOFT_DELETE)
def soft_delete_excludes_replicas_and_cache(request: Request) -> Iterator[Fault]:
    """Soft delete works in one region, on images that were pushed."""
    path = "policies.softDeletePolicy.status"
    if request.at(path) != "enabled":
        return
    for name, what in (("replications", "geo-replication"), ("cacherules", "artifact cache")):
        if children(request, name):
            yield Fault(f"the registry has {what}, which soft delete does not support", path, "leave it disabled")


@rule("acr-export-pipelines", kind="lifecycle", source=_EXPORTS)
def pipelines_go_before_exports(request: Request) -> Iterator[Fault]:
    """Exports are switched off when nothing exports."""
    path = "policies.exportPolicy.status"
    if request.at(path) == "disabled" and children(request, "exportpipelines"):
        yield Fault("the registry has export pipelines", path, "delete the pipelines first")


@rule("acr-downgrade-connected", kind="lifecycle", source=_CHANGES)
def connected_registries_go_before_premium(request: Request) -> Iterator[Fault]:
    """A registry that others are connected to stays Premium."""
    tier, found = tier_below_premium(request), children(request, "connectedregistries")
    if tier is not None and found:
        names = ", ".join(each.id.rsplit("/", 1)[-1] for each in found)
        yield Fault(
            f"the registry has connected registries ({names}), which the SKU {tier} doesn't offer",
            "sku.name",
            "delete them first, or stay with Premium",
        )


@rule("acr-name-taken", kind="state", code="AlreadyInUse", status=HTTPStatus.CONFLICT, quoted=True,
      source="MicrosoftDocs/azure-dev-docs#1303 (checked 2026-11-25)")  # fmt: skip
def name_is_free(request: Request) -> Iterator[Fault]:
    """The name is part of a host name, and so unique in the world."""
    others = (each for each in request.world.of_type(_TYPE) if key(each.id) != key(request.id))
    here = any(each.id.rsplit("/", 1)[-1].lower() == request.name.lower() for each in others)
    if request.old is None and (here or subscription().is_name_taken(_TYPE, request.name)):
        yield Fault(
            f"The registry DNS name {request.name.lower()}.azurecr.io is already in use. You can check if the name is "
            "already claimed using following API: "
            "https://docs.microsoft.com/en-us/rest/api/containerregistry/registries/checknameavailability",
            "registryName",
            "use another name",
        )


@rule("acr-downgrade-replications", kind="lifecycle", source=_CHANGES)
def replications_go_before_premium(request: Request) -> Iterator[Fault]:
    """A registry with replications stays Premium."""
    tier = tier_below_premium(request)
    found = [each for each in request.world.below(request.id) if each.type.lower() == REPLICATIONS.lower()]
    if tier is not None and found:
        names = ", ".join(each.id.rsplit("/", 1)[-1] for each in found)
        yield Fault(
            f"the registry has replications ({names}), which the SKU {tier} doesn't offer",
            "sku.name",
            "delete the replications first, or stay with Premium",
        )


@rule("acr-replication-premium", kind="cross-resource", source=_REPLICAS)
def replication_needs_premium(request: Request) -> Iterator[Fault]:
    """Replications belong to Premium registries."""
    yield from below_premium(request, "a replication")


@rule("acr-replication-home", kind="cross-resource", source="hashicorp/terraform-provider-azurerm#7861",
      reads=("location",))  # fmt: skip
def replication_is_elsewhere(request: Request) -> Iterator[Fault]:
    """The home region of a registry holds it already."""
    home = at(registry_of(request), "location")
    if isinstance(home, str) and request.location and normal_location(home) == request.location:
        yield Fault(f"the registry itself is in {request.location}; a replication is in another region", "location")


@rule("acr-replication-twice", kind="cross-resource", source=_REPLICAS, reads=("location",))
def replication_is_alone_in_its_region(request: Request) -> Iterator[Fault]:
    """A registry is replicated to a region once."""
    for other in request.world.below(next(parents(request.id))):
        same = other.type.lower() == REPLICATIONS.lower() and other.key != key(request.id)
        if same and request.location and normal_location(str(other.body.get("location"))) == request.location:
            yield Fault(f"the registry is replicated to {request.location} already by {other.id}", "location")


def below_premium(request: Request, what: str) -> Iterator[Fault]:
    """Why a child of the registry can't be made: only Premium registries have it."""
    tier = at(registry_of(request), "sku.name")
    if tier in ("Basic", "Standard"):
        yield Fault(f"{what} needs a registry of the SKU Premium, not {tier}", "registryName", "use a Premium registry")


def children(request: Request, segment: str) -> list[Record]:
    """What of a kind lies in the registry."""
    return [each for each in request.world.below(request.id) if each.type.lower().endswith(f"registries/{segment}")]


def registry_of(request: Request) -> Mapping[str, Any]:
    found = request.world.get(next(parents(request.id), ""))
    return found.body if found is not None else {}


REGISTRY_RULES: Final[tuple[Rule, ...]] = (
    name_is_free, closes_only_as_premium, network_rules_need_premium, ip_rules_are_ranges, ip_rules_are_at_most_200,
    data_endpoint_needs_premium, content_trust_needs_premium, retention_needs_premium, quarantine_needs_premium,
    export_policy_needs_premium, anonymous_pull_needs_standard, export_is_off_only_when_closed,
    pipelines_go_before_exports, retention_is_0_to_365_days, soft_delete_is_1_to_90_days,
    soft_delete_excludes_retention, soft_delete_excludes_replicas_and_cache, replications_go_before_premium,
    connected_registries_go_before_premium,
)  # fmt: skip
REPLICATION_RULES: Final[tuple[Rule, ...]] = (
    replication_needs_premium, replication_is_elsewhere, replication_is_alone_in_its_region,
)  # fmt: skip
