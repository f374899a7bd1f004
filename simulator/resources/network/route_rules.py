"""What Azure refuses about a route, whether it is a resource of its own or declared inside its table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.ids import key, name_of, parents
from simulator.model import Request
from simulator.resources.network.addresses import address, meant, parse
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN

TABLE: Final = "azure-native:network:RouteTable"
_APPLIANCE: Final = "VirtualAppliance"


def routes_of(request: Request) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Every route of a request: the path before its members, its name, and itself."""
    if request.token != TABLE:
        yield "", request.name, request.inputs
        return
    listed = request.at("routes")
    for index, item in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(item, Mapping):
            yield f"routes.{index}.", str(item.get("name")), item


@rule(
    "net-route-next-hop-missing", kind="static", code="MissingNextHopIpAddress", quoted=True,
    source="hashicorp/terraform-provider-azurerm#20365; Azure/terraform-azurerm-hubnetworking#48",
)  # fmt: skip
def appliance_address(request: Request) -> Iterator[Fault]:
    """A route to an appliance says where it is."""
    for prefix, name, item in routes_of(request):
        if item.get("nextHopType") == _APPLIANCE and item.get("nextHopIpAddress") in (None, ""):
            yield Fault(
                f"NextHopIpAddress cannot be Null or Empty in route {name} when NextHopType is VirtualAppliance.",
                f"{prefix}nextHopIpAddress",
                "give the private address of the appliance",
            )


@rule(
    "net-route-next-hop-forbidden", kind="static",
    source="Azure/terraform-azurerm-lz-vending#479; hashicorp/terraform-provider-azurerm#1352 (code not confirmed)",
)  # fmt: skip
def no_address_otherwise(request: Request) -> Iterator[Fault]:
    """Only a route to an appliance has an address to go to."""
    for prefix, name, item in routes_of(request):
        kind = item.get("nextHopType")
        if isinstance(kind, str) and kind != _APPLIANCE and item.get("nextHopIpAddress") not in (None, "", UNKNOWN):
            yield Fault(
                f"route {name} has the next hop type {kind} and a nextHopIpAddress, which only VirtualAppliance takes",
                f"{prefix}nextHopIpAddress",
                "leave nextHopIpAddress out, or set nextHopType to VirtualAppliance",
            )


@rule(
    "net-route-next-hop-address", kind="static",
    source="azure-docs:virtual-network/virtual-networks-udr-overview.md (checked 2026-11-25; code not confirmed)",
)  # fmt: skip
def next_hop_is_an_address(request: Request) -> Iterator[Fault]:
    """The next hop is one address."""
    for prefix, name, item in routes_of(request):
        hop = item.get("nextHopIpAddress")
        if isinstance(hop, str) and hop != "" and item.get("nextHopType") == _APPLIANCE and address(hop) is None:
            yield Fault(
                f"the nextHopIpAddress '{hop}' of route {name} is no IP address",
                f"{prefix}nextHopIpAddress",
                "write the private address of the appliance, without a length",
            )


@rule(
    "net-route-prefix-host-bits", kind="static", code="InvalidCIDRNotation",
    source="azure-docs:virtual-network/virtual-networks-udr-overview.md (checked 2026-11-25; code not confirmed)",
)  # fmt: skip
def prefix_host_bits(request: Request) -> Iterator[Fault]:
    """The destination of a route is a range that begins with its first address, or a service tag."""
    for prefix, name, item in routes_of(request):
        text = item.get("addressPrefix")
        network = meant(text) if isinstance(text, str) else None
        if isinstance(text, str) and network is not None and parse(text) is None:
            yield Fault(
                f"The address prefix {text} in resource {name} has an invalid CIDR notation. For the given prefix "
                f"length, the address prefix should be {network}.",
                f"{prefix}addressPrefix",
                f"write {network}",
            )


@rule(
    "net-route-duplicate-prefix", kind="cross-resource", code="RouteConflict", quoted=True,
    source="kubernetes-sigs/cloud-provider-azure#657",
)  # fmt: skip
def own_prefix(request: Request) -> Iterator[Fault]:
    """No two routes of a table have the same destination."""
    seen = dict(_taken(request)) if request.token != TABLE else {}
    for prefix, name, item in routes_of(request):
        destination = item.get("addressPrefix")
        if not isinstance(destination, str):
            continue
        other = seen.get(destination.lower())
        if other is not None and other.lower() != name.lower():
            yield Fault(
                f"Route: {name} conflicts with Route: {other}. Routes cannot have the same AddressPrefix.",
                f"{prefix}addressPrefix",
                "keep one of the two routes",
            )
        seen[destination.lower()] = name


def _taken(request: Request) -> Iterator[tuple[str, str]]:
    """The destinations of the other routes of a route's table."""
    table = next(parents(request.id))
    holder = request.world.get(table)
    listed = holder.body.get("routes") if holder is not None else None
    items = [item for item in listed if isinstance(item, Mapping)] if isinstance(listed, list) else []
    found = [(str(item.get("name")), item.get("addressPrefix")) for item in items]
    found += [
        (name_of(record.id), record.body.get("addressPrefix"))
        for record in request.world.below(table)
        if record.key != key(request.id)
    ]
    yield from ((where.lower(), name) for name, where in found if isinstance(where, str))


RULES: Final = (
    appliance_address,
    no_address_otherwise,
    next_hop_is_an_address,
    prefix_host_bits,
    own_prefix,
)
