"""What a container registry refuses: features of the SKU Premium, and settings that don't go together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.ids import key, parents
from simulator.model import Request, normal_location
from simulator.rule import Fault, Rule, rule
from simulator.values import UNKNOWN, at

_SKUS: Final = "MicrosoftDocs/azure-management-docs container-registry-skus.md (not re-read)"
_NETWORKS: Final = "MicrosoftDocs/azure-management-docs container-registry-access-selected-networks.md"
REPLICATIONS: Final = "Microsoft.ContainerRegistry/registries/replications"


def _tier(request: Request) -> str | None:
    """The SKU below Premium; `None` for Premium, Classic and what is not known."""
    tier = request.known("sku.name")
    return tier if tier in {"Basic", "Standard"} else None


def _premium_only(request: Request, path: str, values: tuple[Any, ...], what: str) -> Iterator[Fault]:
    tier = _tier(request)
    if tier is not None and request.known(path) in values:
        yield Fault(f"{what} needs a registry of the SKU Premium, not {tier}", path, "use the SKU Premium")


@rule(
    "acr-public-access-premium", kind="static", code="DisablingPublicNetworkAccessNotSupported", quoted=True,
    source="Azure-Samples/dotNET-Frontend-AB-Testing-on-Azure-Container-Apps#5",
)  # fmt: skip
def closes_only_as_premium(request: Request) -> Iterator[Fault]:
    """Only Premium registries can be closed to the public network."""
    tier = _tier(request)
    if tier is not None and request.at("publicNetworkAccess") == "Disabled":
        yield Fault(
            f"Disabling public network access is not supported for the SKU {tier}. For more information, please "
            "visit https://aka.ms/acr/private-link.",
            "publicNetworkAccess",
            "use the SKU Premium",
        )


@rule("acr-cmk-premium", kind="static",
      source="MicrosoftDocs/azure-management-docs tutorial-customer-managed-keys.md")  # fmt: skip
def own_keys_need_premium(request: Request) -> Iterator[Fault]:
    """Customer-managed keys."""
    yield from _premium_only(request, "encryption.status", ("enabled",), "a customer-managed key")


@rule("acr-ip-rules-premium", kind="static", source=_NETWORKS)
def network_rules_need_premium(request: Request) -> Iterator[Fault]:
    """Rules for single networks, and closing the registry to all others."""
    tier, rules = _tier(request), request.known("networkRuleSet.ipRules")
    yield from _premium_only(request, "networkRuleSet.defaultAction", ("Deny",), "denying other networks")
    if tier is not None and isinstance(rules, list) and rules:
        yield Fault(
            f"IP rules need a registry of the SKU Premium, not {tier}", "networkRuleSet.ipRules", "use the SKU Premium"
        )


@rule("acr-ip-rules-limit", kind="static", source=_SKUS)
def ip_rules_are_at_most_200(request: Request) -> Iterator[Fault]:
    """A Premium registry has 200 IP rules at most."""
    rules = request.known("networkRuleSet.ipRules")
    if isinstance(rules, list) and len(rules) > 200:
        yield Fault(f"a registry has 200 IP rules at most, not {len(rules)}", "networkRuleSet.ipRules", "join ranges")


@rule("acr-data-endpoint-premium", kind="static", source="MicrosoftDocs/azure-management-docs "
      "container-registry-dedicated-data-endpoints.md")  # fmt: skip
def data_endpoint_needs_premium(request: Request) -> Iterator[Fault]:
    """Dedicated data endpoints."""
    yield from _premium_only(request, "dataEndpointEnabled", (True,), "a dedicated data endpoint")


@rule("acr-trust-premium", kind="static", source="Azure/PSRule.Rules.Azure#1304")
def content_trust_needs_premium(request: Request) -> Iterator[Fault]:
    """Content trust."""
    yield from _premium_only(request, "policies.trustPolicy.status", ("enabled",), "content trust")


@rule("acr-retention-premium", kind="static",
      source="Azure/terraform-azurerm-avm-res-containerregistry-registry#108")  # fmt: skip
def retention_needs_premium(request: Request) -> Iterator[Fault]:
    """The retention of untagged manifests."""
    yield from _premium_only(request, "policies.retentionPolicy.status", ("enabled",), "a retention policy")


@rule("acr-quarantine-premium", kind="static", code="SkuNotSupported", quoted=True,
      source="Azure/bicep-registry-modules#1316")  # fmt: skip
def quarantine_needs_premium(request: Request) -> Iterator[Fault]:
    """Quarantine of pushed images."""
    tier = _tier(request)
    if tier is not None and request.at("policies.quarantinePolicy.status") == "enabled":
        yield Fault(f"The SKU {tier} is not supported.", "policies.quarantinePolicy", "use the SKU Premium")


@rule("acr-export-premium", kind="static", source="MicrosoftDocs/azure-management-docs data-loss-prevention.md")
def export_policy_needs_premium(request: Request) -> Iterator[Fault]:
    """Keeping images from being exported."""
    yield from _premium_only(request, "policies.exportPolicy.status", ("disabled",), "an export policy")


@rule("acr-anonymous-pull-standard", kind="static", source=_SKUS)
def anonymous_pull_needs_standard(request: Request) -> Iterator[Fault]:
    """Anonymous pull is in Standard and Premium."""
    if request.at("sku.name") == "Basic" and request.at("anonymousPullEnabled") is True:
        yield Fault("anonymous pull needs the SKU Standard or Premium, not Basic", "anonymousPullEnabled")


@rule("acr-export-needs-closed", kind="static", source="MicrosoftDocs/azure-management-docs data-loss-prevention.md",
      reads=("publicNetworkAccess",))  # fmt: skip
def export_is_off_only_when_closed(request: Request) -> Iterator[Fault]:
    """Exports can be off only where the registry is closed to the public network."""
    if request.at("policies.exportPolicy.status") == "disabled" and request.at("publicNetworkAccess") != "Disabled":
        yield Fault(
            "the export policy can be disabled only when public network access is disabled",
            "policies.exportPolicy.status",
            "set `publicNetworkAccess` to Disabled",
        )


@rule("acr-retention-days", kind="static", source="MicrosoftDocs/azure-management-docs "
      "container-registry-retention-policy.md")  # fmt: skip
def retention_is_0_to_365_days(request: Request) -> Iterator[Fault]:
    """Untagged manifests are kept for 0 to 365 days."""
    days = request.known("policies.retentionPolicy.days")
    if isinstance(days, int) and not 0 <= days <= 365:
        yield Fault(f"untagged manifests are kept for 0 to 365 days, not {days}", "policies.retentionPolicy.days")


@rule("acr-trust-with-cmk", kind="static", code="BlockedForEncryptionEnabledRegistry",
      source="Azure/PSRule.Rules.Azure#1810")  # fmt: skip
def content_trust_excludes_own_keys(request: Request) -> Iterator[Fault]:
    """Content trust and a customer-managed key exclude each other."""
    if request.at("policies.trustPolicy.status") == "enabled" and request.at("encryption.status") == "enabled":
        yield Fault(
            "content trust is not supported where encryption with a customer-managed key is enabled",
            "policies.trustPolicy.status",
            "leave out one of them",
        )


@rule("acr-cmk-identity", kind="static",
      source="MicrosoftDocs/azure-management-docs tutorial-customer-managed-keys.md")  # fmt: skip
def own_keys_need_a_key(request: Request) -> Iterator[Fault]:
    """A customer-managed key has an address."""
    if request.at("encryption.status") == "enabled" and request.at("encryption.keyVaultProperties") is None:
        yield Fault(
            "a customer-managed key needs `keyIdentifier` and the `identity` that reads it",
            "encryption.keyVaultProperties",
        )


@rule("acr-cmk-permanent", kind="lifecycle",
      source="MicrosoftDocs/azure-management-docs tutorial-customer-managed-keys.md")  # fmt: skip
def own_keys_are_for_ever(request: Request) -> Iterator[Fault]:
    """Encryption with a customer-managed key is chosen when the registry is made."""
    if request.old is None:
        return
    before, after = at(request.old.body, "encryption.status"), request.at("encryption.status")
    if after is None or UNKNOWN in (before, after) or (before == "enabled") == (after == "enabled"):
        return
    yield Fault(
        "encryption with a customer-managed key can't be switched on or off after the registry is made",
        "encryption.status",
        "put the old value back, or make another registry",
    )


@rule("acr-downgrade-replications", kind="lifecycle", source=_SKUS)
def replications_go_before_premium(request: Request) -> Iterator[Fault]:
    """A registry with replications stays Premium."""
    tier = _tier(request)
    found = [each for each in request.world.below(request.id) if each.type.lower() == REPLICATIONS.lower()]
    if tier is not None and found:
        names = ", ".join(each.id.rsplit("/", 1)[-1] for each in found)
        yield Fault(
            f"the registry has replications ({names}), which the SKU {tier} doesn't offer",
            "sku.name",
            "delete the replications first, or stay with Premium",
        )


@rule("acr-replication-premium", kind="cross-resource", source=_SKUS)
def replication_needs_premium(request: Request) -> Iterator[Fault]:
    """Replications belong to Premium registries."""
    tier = at(_registry(request), "sku.name")
    if tier in ("Basic", "Standard"):
        yield Fault(f"a replication needs a registry of the SKU Premium, not {tier}", "registryName")


@rule("acr-replication-home", kind="cross-resource", source="hashicorp/terraform-provider-azurerm#7861",
      reads=("location",))  # fmt: skip
def replication_is_elsewhere(request: Request) -> Iterator[Fault]:
    """The home region of a registry holds it already."""
    home = at(_registry(request), "location")
    if isinstance(home, str) and request.location and normal_location(home) == request.location:
        yield Fault(f"the registry itself is in {request.location}; a replication is in another region", "location")


@rule("acr-replication-twice", kind="cross-resource", source=_SKUS, reads=("location",))
def replication_is_alone_in_its_region(request: Request) -> Iterator[Fault]:
    """A registry is replicated to a region once."""
    for other in request.world.below(next(parents(request.id))):
        same = other.type.lower() == REPLICATIONS.lower() and other.key != key(request.id)
        if same and request.location and normal_location(str(other.body.get("location"))) == request.location:
            yield Fault(f"the registry is replicated to {request.location} already by {other.id}", "location")


def _registry(request: Request) -> Mapping[str, Any]:
    found = request.world.get(next(parents(request.id), ""))
    return found.body if found is not None else {}


REGISTRY_RULES: Final[tuple[Rule, ...]] = (
    closes_only_as_premium, own_keys_need_premium, network_rules_need_premium, ip_rules_are_at_most_200,
    data_endpoint_needs_premium, content_trust_needs_premium, retention_needs_premium, quarantine_needs_premium,
    export_policy_needs_premium, anonymous_pull_needs_standard, export_is_off_only_when_closed,
    retention_is_0_to_365_days, content_trust_excludes_own_keys, own_keys_need_a_key, own_keys_are_for_ever,
    replications_go_before_premium,
)  # fmt: skip
REPLICATION_RULES: Final[tuple[Rule, ...]] = (
    replication_needs_premium, replication_is_elsewhere, replication_is_alone_in_its_region,
)  # fmt: skip
