"""What Azure refuses about a NAT gateway: its zones, its addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.ids import key
from simulator.model import Request
from simulator.rule import Fault, rule
from simulator.store import Record

_TIMEOUTS: Final = range(4, 121)
_MOST_ADDRESSES: Final = 16
_DOCS: Final = "azure-docs:nat-gateway/nat-gateway-resource.md (checked 2026-11-25; code not confirmed)"
# What takes a public address for itself alone.
_USERS: Final = (
    "Microsoft.Network/natGateways", "Microsoft.Network/azureFirewalls", "Microsoft.Network/bastionHosts",
    "Microsoft.Network/virtualNetworkGateways", "Microsoft.Network/applicationGateways",
    "Microsoft.Network/loadBalancers", "Microsoft.Network/networkInterfaces",
)  # fmt: skip


@rule(
    "net-nat-one-zone", kind="static", code="ResourceCannotHaveMultipleZonesSpecified", quoted=True,
    source="hashicorp/terraform-provider-azurerm#21696; hashicorp/terraform-provider-azurerm#12208",
    reads=("zones", "sku.name"),
)  # fmt: skip
def one_zone(request: Request) -> Iterator[Fault]:
    """A NAT gateway of the SKU Standard is in one zone or in none."""
    zones = request.known("zones", [])
    if isinstance(zones, list) and len(zones) > 1 and request.known("sku.name", "Standard") == "Standard":
        yield Fault(
            f"Resource {request.id} has {len(zones)} zones specified. Only one zone can be specified for this "
            "resource.",
            "zones",
            "name one zone, or use the SKU StandardV2, which spans them",
        )


@rule("net-nat-idle-timeout", kind="static", reads=("idleTimeoutInMinutes",), source=_DOCS)
def idle_timeout(request: Request) -> Iterator[Fault]:
    """Connections are idle for four minutes to two hours."""
    value = request.known("idleTimeoutInMinutes")
    if isinstance(value, (int, float)) and value not in _TIMEOUTS:
        yield Fault(f"idleTimeoutInMinutes is {value} and must be 4 to 120", "idleTimeoutInMinutes", "use 4 to 120")


@rule("net-nat-addresses", kind="static", reads=("publicIpAddresses",), source=_DOCS)
def not_too_many(request: Request) -> Iterator[Fault]:
    """A NAT gateway has at most sixteen addresses."""
    listed = request.known("publicIpAddresses", [])
    if isinstance(listed, list) and len(listed) > _MOST_ADDRESSES:
        yield Fault(
            f"NAT gateway {request.name} has {len(listed)} public IP addresses and may have {_MOST_ADDRESSES}",
            "publicIpAddresses",
            "name fewer, or use a second NAT gateway on another subnet",
        )


@rule("net-nat-standard-address", kind="cross-resource", source=_DOCS)
def standard_addresses(request: Request) -> Iterator[Fault]:
    """The addresses of a NAT gateway are Standard."""
    for index, record in _addresses(request):
        sku = record.body.get("sku")
        if isinstance(sku, Mapping) and sku.get("name") == "Basic":
            yield Fault(
                f"public IP address {record.id} is Basic; a NAT gateway takes Standard addresses",
                f"publicIpAddresses.{index}.id",
                "use an address of the SKU Standard",
            )


def _addresses(request: Request) -> Iterator[tuple[int, Record]]:
    listed = request.at("publicIpAddresses")
    for index, item in enumerate(listed if isinstance(listed, list) else ()):
        reference = item.get("id") if isinstance(item, Mapping) else None
        record = request.world.get(reference) if isinstance(reference, str) else None
        if record is not None:
            yield index, record


@rule(
    "net-public-ip-in-use", kind="cross-resource", code="PublicIPAddressInUse",
    source="public reports of PublicIPAddressInUse when an address of a NAT gateway is given to a firewall (checked "
    "2026-11-25)",
)  # fmt: skip
def free_addresses(request: Request) -> Iterator[Fault]:
    """A public address belongs to one resource."""
    for member, value in request.inputs.items() if request.old is None else ():
        for reference in _public_ips(value):
            user = next((each for each in _users(request) if reference in _keys(each.body)), None)
            if user is not None:
                yield Fault(
                    f"public IP address {reference} is used by {user.id}",
                    member,
                    "make an address for each resource",
                )


def _users(request: Request) -> Iterator[Record]:
    for kind in _USERS:
        yield from (record for record in request.world.of_type(kind) if record.key != key(request.id))


def _keys(value: Any) -> set[str]:
    return set(_public_ips(value))


def _public_ips(value: Any) -> Iterator[str]:
    """Every id of a public address in a value, in the form in which ids are compared."""
    if isinstance(value, str):
        if "/publicipaddresses/" in value.lower():
            yield key(value)
    elif isinstance(value, Mapping):
        for child in value.values():
            yield from _public_ips(child)
    elif isinstance(value, list):
        for child in value:
            yield from _public_ips(child)


RULES: Final = (one_zone, idle_timeout, not_too_many, standard_addresses, free_addresses)
