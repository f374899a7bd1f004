"""Services of a stack that are paid by the hour, used or not: what they cost, as far as their prices are known."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from facts.service_prices import service_prices
from policies.resource import Resource

_PREFIX: Final = "azure-native:"
# Where the tier stands, unless it is sku.name.
_TIERS: Final = {"containerservice:ManagedCluster": "sku.tier", "network:AzureFirewall": "sku.tier"}
# Where the number of units stands, where there can be more than one; several are multiplied.
_UNITS: Final = {
    "eventhub:Namespace": ("sku.capacity",),
    "search:Service": ("replicaCount", "partitionCount"),
    "web:AppServicePlan": ("sku.capacity",),
}


@cache
def service_types() -> tuple[str, ...]:
    """Every type that has a price."""
    return tuple(_PREFIX + name for name in dict.fromkeys(service for service, _ in service_prices()))


def usd_per_hour(resource: Resource) -> float:
    """What a resource of `service_types` costs; 0 where the price of its tier is not known.

    Raises UnjudgeableError where its tier or its units can't be read.
    """
    service = resource.type.removeprefix(_PREFIX)
    view = resource.view()
    prices: Mapping[tuple[str, str], float] = service_prices()
    price = prices.get((service, ""))
    if price is None:
        price = prices.get((service, view.word(_TIERS.get(service, "sku.name"), absent="")), 0.0)
    for path in _UNITS.get(service, ()):
        units = view.number(path, absent=1)
        price *= 1 if units is None else units
    return price
