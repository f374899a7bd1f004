"""What Event Hubs refuses about a namespace, and what Service Bus refuses about its own alike: tiers, keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from simulator.ids import key
from simulator.model import Request
from simulator.resources.firewall_rules import known_items
from simulator.rule import Fault, rule
from simulator.values import at

_ERRORS: Final = "MicrosoftDocs/azure-docs:event-hubs/resource-manager-exceptions.md (2021-05-10)"
_FEATURES: Final = "MicrosoftDocs/azure-docs:event-hubs-tier-features.md (2023-11-27; code not confirmed)"
_MAXIMUM: Final = "maximumThroughputUnits"
_MOST_UNITS: Final = 40
# Tiers that a namespace moves between; any other is chosen once.
_MOVABLE: Final = frozenset({"basic", "standard"})


def _tier(request: Request) -> str:
    """The tier in lower case; Azure's own default is Standard."""
    return str(request.known("sku.name", "Standard")).lower()


@rule(
    "messaging-tier-cannot-change", kind="lifecycle", reads=("sku.name",),
    source="MicrosoftDocs/azure-docs#105023; hashicorp/terraform-provider-azurerm#6212, #16463, "
    "servicebus_namespace_resource.go (2026-06-10; code not confirmed)",
)  # fmt: skip
def tier_moves_below_premium(request: Request) -> Iterator[Fault]:
    """A namespace moves between basic and standard; premium is another kind of namespace."""
    before, now = at(request.old.body, "sku.name") if request.old is not None else None, request.known("sku.name")
    if not isinstance(before, str) or not isinstance(now, str) or before.lower() == now.lower():
        return
    if not {before.lower(), now.lower()} <= _MOVABLE:
        yield Fault(
            f"a namespace of tier {before} can't become {now}",
            "sku.name",
            "make another namespace, move what uses the old one, and delete it",
        )


@rule(
    "messaging-key-identity", kind="static", reads=("identity", "encryption"),
    source="hashicorp/terraform-provider-azurerm#25469 (code not confirmed)",
)  # fmt: skip
def key_identity_is_assigned(request: Request) -> Iterator[Fault]:
    """The identity that reads the key is one of the namespace's own."""
    assigned = request.known("identity.userAssignedIdentities", [])
    own = {key(str(each)) for each in assigned} if isinstance(assigned, list | Mapping) else set()
    for target, item in known_items(request, "encryption.keyVaultProperties"):
        identity = at(item, "identity.userAssignedIdentity")
        if isinstance(identity, str) and identity and key(identity) not in own:
            yield Fault(
                f"the identity {identity} must also be assigned to the namespace",
                f"{target}.identity.userAssignedIdentity",
                "add it to identity.userAssignedIdentities, with type UserAssigned",
            )


@rule("evh-auto-inflate-tier", kind="static", source=_ERRORS, reads=("sku.name",))
def inflation_needs_standard(request: Request) -> Iterator[Fault]:
    """The basic tier has a fixed number of throughput units."""
    if request.known("isAutoInflateEnabled") is True and str(request.known("sku.name", "Basic")).lower() == "basic":
        yield Fault(
            "Can't set Auto-Inflate in basic SKU", "isAutoInflateEnabled", "use the standard tier, or leave it out"
        )


@rule(
    "evh-maximum-needs-auto-inflate", kind="static", reads=("isAutoInflateEnabled", "sku.name"), quoted=True,
    source="Azure-Samples/durable-functions-producer-consumer#8; Azure/azure-cli#10069",
)  # fmt: skip
def maximum_needs_inflation(request: Request) -> Iterator[Fault]:
    """A maximum is for namespaces whose throughput grows by itself."""
    value, inflates = request.known(_MAXIMUM), request.known("isAutoInflateEnabled") is True
    if isinstance(value, int | float) and value > 0 and not inflates and _tier(request) in _MOVABLE:
        yield Fault(
            "Cannot set MaximumThroughputUnits property if AutoInflate is not enabled.",
            _MAXIMUM,
            "set isAutoInflateEnabled to true, or leave the maximum out",
        )


@rule(
    "evh-maximum-range", kind="static", code="InvalidMaxThroughputValue", quoted=True,
    source="MicrosoftDocs/azure-docs-cli#4411; Azure/bicep#7900", reads=("isAutoInflateEnabled", "sku"),
)  # fmt: skip
def maximum_is_in_range(request: Request) -> Iterator[Fault]:
    """A namespace grows to 40 units at most, and to no less than it starts with."""
    value, capacity = request.known(_MAXIMUM), request.known("sku.capacity", 1)
    if request.known("isAutoInflateEnabled") is not True or _tier(request) != "standard":
        return
    if isinstance(value, int | float) and isinstance(capacity, int) and not max(1, capacity) <= value <= _MOST_UNITS:
        yield Fault(
            f"Auto inflate MaximumThroughputUnits '{value:g}' is out of range. Valid range is 1-{_MOST_UNITS} and it "
            f"should be greater than capacity {capacity}",
            _MAXIMUM,
            f"use {max(1, capacity)} to {_MOST_UNITS}",
        )


@rule("evh-cmk-tier", kind="static", source=_FEATURES, reads=("sku.name",))
def key_needs_premium(request: Request) -> Iterator[Fault]:
    """Encryption with one's own key is for the premium tier and for clusters."""
    tier, cluster = str(request.known("sku.name", "")).lower(), request.at("clusterArmId")
    keys = request.known("encryption.keyVaultProperties")
    if isinstance(keys, list) and keys and tier in _MOVABLE and cluster is None:
        yield Fault(f"the {tier} tier has no customer-managed keys", "encryption", "use the premium tier")


# Those of Service Bus as well.
MESSAGING_RULES: Final = (tier_moves_below_premium, key_identity_is_assigned)
NAMESPACE_RULES: Final = (
    *MESSAGING_RULES, inflation_needs_standard, maximum_needs_inflation, maximum_is_in_range, key_needs_premium,
)  # fmt: skip
