"""What Service Bus refuses about a namespace: its name, and capacity that a tier lacks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simulator.model import Request
from simulator.resources.eventhub.namespace_rules import MESSAGING_RULES
from simulator.rule import Fault, rule
from simulator.values import at

_UNITS: Final = (1, 2, 4, 8, 16)
_PARTITIONS: Final = (1, 2, 4)
_RESERVED: Final = ("-sb", "-mgmt")


@rule(
    "sb-namespace-name", kind="static", quoted=True,
    source="Azure/azure-service-bus#269; hashicorp/terraform-provider-azurerm:internal/services/servicebus/validate/"
    "namespace_name.go (2026-06-10)",
)  # fmt: skip
def name_is_not_reserved(request: Request) -> Iterator[Fault]:
    """A namespace's name ends neither with `-sb` nor with `-mgmt`."""
    if request.old is None and request.name.lower().endswith(_RESERVED):
        yield Fault(
            "The specified service namespace is invalid.",
            "namespaceName",
            "use another end than -sb or -mgmt, such as the environment",
        )


@rule(
    "sb-premium-capacity", kind="static", reads=("sku.name", "premiumMessagingPartitions"),
    source="azure-rest-api-specs:servicebus.json, SBSku.capacity (2024-01-01; code not confirmed)",
)  # fmt: skip
def units_are_a_power(request: Request) -> Iterator[Fault]:
    """A premium namespace has 1, 2, 4, 8 or 16 messaging units for each of its partitions."""
    capacity, partitions = request.known("sku.capacity"), request.known("premiumMessagingPartitions", 1)
    if str(request.known("sku.name")).lower() != "premium" or not isinstance(capacity, int):
        return
    allowed = [units * partitions for units in _UNITS] if partitions in _PARTITIONS else []
    if allowed and capacity not in allowed:
        yield Fault(
            f"{capacity} messaging units are not possible with {partitions} partition(s)",
            "sku.capacity",
            f"use one of {', '.join(map(str, allowed))}",
        )


@rule(
    "sb-partitions-tier", kind="static", reads=("sku.name",),
    source="hashicorp/terraform-provider-azurerm#24676: 0 below premium, 1 or more in it (code not confirmed)",
)  # fmt: skip
def partitions_need_premium(request: Request) -> Iterator[Fault]:
    """Only a premium namespace has partitions, and it has one at least."""
    partitions, tier = request.known("premiumMessagingPartitions"), str(request.known("sku.name", "Standard")).lower()
    if isinstance(partitions, int) and (partitions > 0) != (tier == "premium"):
        yield Fault(
            f"a {tier} namespace can't have {partitions} partitions",
            "premiumMessagingPartitions",
            f"use {', '.join(map(str, _PARTITIONS))}" if tier == "premium" else "leave it out, or use premium",
        )


@rule(
    "sb-partitions-cannot-change", kind="lifecycle", reads=("premiumMessagingPartitions",),
    source="hashicorp/terraform-provider-azurerm#26680: only at creation (code not confirmed)",
)  # fmt: skip
def partitions_stay(request: Request) -> Iterator[Fault]:
    """The partitions of a premium namespace are chosen when it is made."""
    before = at(request.old.body, "premiumMessagingPartitions") if request.old is not None else None
    now = request.known("premiumMessagingPartitions")
    if isinstance(before, int) and isinstance(now, int) and before != now:
        yield Fault(
            f"premiumMessagingPartitions can't change from {before} to {now}",
            "premiumMessagingPartitions",
            "put the old number back, or make another namespace",
        )


NAMESPACE_RULES: Final = (
    name_is_not_reserved, *MESSAGING_RULES, partitions_need_premium, units_are_a_power, partitions_stay,
)  # fmt: skip
