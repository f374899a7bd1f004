"""What Azure refuses about a load balancer: its frontends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.model import Request
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN, at

_FRONTENDS: Final = "frontendIPConfigurations"


def _frontends(request: Request) -> Iterator[tuple[int, Mapping[str, Any]]]:
    listed = request.at(_FRONTENDS)
    for index, item in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(item, Mapping):
            yield index, item


@rule(
    "net-lb-public-ip-sku", kind="cross-resource", code="PublicIPAndLBSkuDoNotMatch", reads=("sku.name",),
    source="public reports of PublicIPAndLBSkuDoNotMatch from AKS load balancers (checked 2026-11-25)",
)  # fmt: skip
def same_sku(request: Request) -> Iterator[Fault]:
    """A load balancer and its public addresses are of one SKU; Basic where nothing is said."""
    own = str(request.known("sku.name", "Basic"))
    for index, item in _frontends(request):
        reference = at(item, "publicIPAddress.id")
        record = request.world.get(reference) if isinstance(reference, str) else None
        theirs = at(record.body, "sku.name") if record is not None else None
        if isinstance(theirs, str) and theirs.lower() != own.lower():
            yield Fault(
                f"{own} sku load balancer {request.id} cannot reference {theirs} sku publicIP {reference}",
                f"{_FRONTENDS}.{index}.publicIPAddress.id",
                "use the SKU Standard for both",
            )


@rule(
    "net-lb-frontend-zone-of-public-ip", kind="static", quoted=False,
    code="LoadBalancerFrontendIPConfigCannotHaveZoneWhenReferencingPublicIPAddress",
    source="hashicorp/terraform-provider-azurerm#12208",
)  # fmt: skip
def no_zone_with_public_ip(request: Request) -> Iterator[Fault]:
    """A public frontend is in the zones of its address."""
    for index, item in _frontends(request):
        if isinstance(item.get("zones"), list) and item["zones"] and at(item, "publicIPAddress.id") is not None:
            yield Fault(
                f"frontend {item.get('name')} of load balancer {request.id} references a public IP address and can't "
                "have zones",
                f"{_FRONTENDS}.{index}.zones",
                "name the zones at the public IP address",
            )


@rule(
    "net-lb-frontend-zones", kind="static", code="ResourceCannotHaveMultipleZonesSpecified", quoted=True,
    source="hashicorp/terraform-provider-azurerm#12208",
)  # fmt: skip
def one_or_all_zones(request: Request) -> Iterator[Fault]:
    """A frontend is in one zone or in all three."""
    for index, item in _frontends(request):
        zones = item.get("zones")
        if isinstance(zones, list) and len(zones) == 2:
            yield Fault(
                f"Resource {request.id}/{_FRONTENDS}/{item.get('name')} has 2 zones specified. Only one zone can be "
                "specified for this resource.",
                f"{_FRONTENDS}.{index}.zones",
                "name one zone, or all three",
            )


@rule(
    "net-lb-same-backend-port", kind="static", code="RulesUseSameBackendPortProtocolAndPool",
    source="kubernetes-sigs/cloud-provider-azure: multi-port services on one backend pool (checked 2026-11-25)",
)  # fmt: skip
def own_backend_port(request: Request) -> Iterator[Fault]:
    """Two rules without floating IP don't use one port of one pool."""
    listed = request.at("loadBalancingRules")
    seen: dict[tuple[Any, ...], Any] = {}
    for index, item in enumerate(listed if isinstance(listed, list) else ()):
        if not isinstance(item, Mapping) or item.get("enableFloatingIP") not in (None, False):
            continue
        place = (item.get("backendPort"), item.get("protocol"), at(item, "backendAddressPool.id"))
        if any(part is None or part is UNKNOWN for part in place):
            continue
        if place in seen:
            yield Fault(
                f"load balancing rules {seen[place]} and {item.get('name')} with floating IP disabled use the same "
                f"backend port {place[0]} and protocol {place[1]} of one backend pool",
                f"loadBalancingRules.{index}.backendPort",
                "use another backend port, another pool, or enableFloatingIP",
            )
        seen[place] = item.get("name")


RULES: Final = (same_sku, no_zone_with_public_ip, one_or_all_zones, own_backend_port)
