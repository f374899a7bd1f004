"""What Azure refuses about the addresses of a private endpoint: outside the subnet, taken, or too few."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import IPv4Address, IPv4Network, ip_address
from typing import Any, Final

from simulator.ids import key
from simulator.model import Request
from simulator.resources.network.addresses import networks, prefixes
from simulator.resources.network.endpoint_rules import connections_of, links_of, subnet_of, target_of
from simulator.rule import Fault, rule
from simulator.values import has_unknown

_PATH: Final = "ipConfigurations"
# Azure keeps the first four addresses of a subnet and the last.
_KEPT: Final = 5


def _static(body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    listed = body.get(_PATH)
    return [item for item in listed if isinstance(item, Mapping)] if isinstance(listed, list) else []


def _addresses(body: Mapping[str, Any]) -> Iterator[IPv4Address]:
    for item in _static(body):
        try:
            address = ip_address(str(item.get("privateIPAddress")))
        except ValueError:
            continue
        if isinstance(address, IPv4Address):
            yield address


def _ranges(request: Request) -> list[IPv4Network]:
    """The IPv4 ranges of the subnet; empty while they are not known."""
    subnet = subnet_of(request) or {}
    found = [*prefixes(subnet.get("addressPrefix")), *prefixes(subnet.get("addressPrefixes"))]
    return [network for network in networks(found) if isinstance(network, IPv4Network)]


@rule(
    "net-pe-address-in-subnet", kind="cross-resource", code="PrivateIPAddressNotInSubnet",
    source="learn.microsoft.com azure-resource-manager/templates/common-deployment-errors (checked 2026-11-25)",
    reads=("subnet.id", _PATH),
)  # fmt: skip
def address_is_in_subnet(request: Request) -> Iterator[Fault]:
    """A static address lies in the subnet."""
    ranges = _ranges(request)
    for address in _addresses(request.inputs) if ranges else ():
        if not any(address in network for network in ranges):
            yield Fault(
                f"Private static IP address {address} does not belong to the range of subnet prefix {ranges[0]}",
                _PATH,
                f"use an address of {', '.join(map(str, ranges))}, or leave `ipConfigurations` out",
            )


@rule(
    "net-pe-address-reserved", kind="cross-resource", code="PrivateIPAddressInReservedRange",
    source="hashicorp/terraform-provider-azurerm#4225; MicrosoftDocs/azure-docs#42024", reads=("subnet.id", _PATH),
)  # fmt: skip
def address_is_not_reserved(request: Request) -> Iterator[Fault]:
    """Azure keeps the first four addresses of a subnet and the last."""
    for address in _addresses(request.inputs):
        for network in _ranges(request):
            if address in network and (int(address) - int(network[0]) < _KEPT - 1 or address == network[-1]):
                yield Fault(
                    f"Private static IP address {address} falls within reserved IP range of subnet prefix {network}",
                    _PATH,
                    f"use an address from {network[4]} to {network[-2]}",
                )


@rule(
    "net-pe-address-taken", kind="cross-resource", code="PrivateIPAddressIsAllocated",
    source="Azure/azure-rest-api-specs network errors (code not confirmed)", reads=("subnet.id", _PATH),
)  # fmt: skip
def address_is_free(request: Request) -> Iterator[Fault]:
    """Two endpoints of a subnet, or two members of one, don't share an address."""
    own = list(_addresses(request.inputs))
    taken = {address: "this endpoint" for address in own if own.count(address) > 1}
    for other in _neighbours(request):
        taken |= dict.fromkeys(_addresses(other.body), other.id)
    for address in dict.fromkeys(own):
        if address in taken:
            yield Fault(f"{address} is already allocated to {taken[address]}", _PATH, "use another address")


def _neighbours(request: Request) -> Iterator[Any]:
    """The other private endpoints of the subnet."""
    subnet = key(str(request.known("subnet.id", "")))
    for other in request.world.of_type("Microsoft.Network/privateEndpoints"):
        held = other.body.get("subnet")
        if other.key != key(request.id) and isinstance(held, Mapping) and key(str(held.get("id"))) == subnet:
            yield other


@rule(
    "net-pe-static-members", kind="cross-resource", quoted=True,
    code="PrivateEndpointIpConfigurationMissingMemberNamesRequiredByFps",
    source="Azure/terraform-azurerm-avm-res-keyvault-vault#108; hashicorp/terraform-provider-azurerm#21781, #26193; "
    "Azure/bicep#7119", reads=(_PATH,),
)  # fmt: skip
def every_member_has_an_address(request: Request) -> Iterator[Fault]:
    """Where one address is static, each member of the group needs one, with its group id and its own name."""
    given = _static(request.inputs)
    for _, connection in connections_of(request) if given else ():
        missing = [member for member in _members(request, connection) if member not in _named(given)]
        if missing:
            yield Fault(
                f"Private Endpoint {request.id} contains static ipconfigurations: [{_listed(given)}] and its missing "
                "these membernames/groupids requested by Private Link service "
                f"[{'; '.join(f'GroupId: {group}, MemberName: {name}' for group, name in missing)}]. Private Endpoint "
                "needs to be reconfigured with missing memberNames.",
                _PATH,
                "give each member an address: "
                + "; ".join(f"groupId {group}, memberName {name}" for group, name in missing),
            )


def _named(given: list[Mapping[str, Any]]) -> set[tuple[str, str]]:
    return {(str(item.get("groupId", "")), str(item.get("memberName", ""))) for item in given}


def _listed(given: list[Mapping[str, Any]]) -> str:
    return "; ".join(
        f"PrivateIPAddress: {item.get('privateIPAddress')}, GroupId: {item.get('groupId', '')}, "
        f"MemberName: {item.get('memberName', '')}"
        for item in given
    )


def _members(request: Request, connection: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The members that need an address, with their group id; empty where they are not known."""
    found = target_of(connection)
    if found is None or len(found[2]) != 1:
        return []
    link = next((each for each in links_of(found[1]) if each.is_spelled(found[2][0])), None)
    target = request.world.get(found[0])
    region = target.body.get("location") if target is not None else None
    if link is None or has_unknown(region):
        return []
    settled = isinstance(region, str)
    names = link.members_in(region.replace(" ", "").lower() if isinstance(region, str) else "")
    return [(link.group_id, name) for name, raw in zip(names, link.members, strict=True) if settled or name == raw]


@rule(
    "net-pe-subnet-full", kind="cross-resource", code="SubnetIsFull",
    source="hashicorp/terraform-provider-azurerm#28610 (code not confirmed)", reads=("subnet.id",),
)  # fmt: skip
def subnet_has_room(request: Request) -> Iterator[Fault]:
    """Each endpoint takes at least one address of its subnet, and Azure keeps five."""
    ranges = _ranges(request) if request.old is None else []
    room = sum(max(network.num_addresses - _KEPT, 0) for network in ranges)
    if ranges and sum(1 for _ in _neighbours(request)) >= room:
        yield Fault(
            f"subnet {request.at('subnet.id')} with address prefix {ranges[0]} has {room} addresses, and as many "
            "private endpoints already",
            "subnet.id",
            "widen the subnet, or use another one",
        )


ADDRESS_RULES: Final = (
    address_is_in_subnet, address_is_not_reserved, address_is_free, every_member_has_an_address, subnet_has_room,
)  # fmt: skip
