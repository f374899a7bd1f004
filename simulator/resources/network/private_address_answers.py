"""The private addresses that Azure chooses where a request names a subnet and no address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from simulator.model import Request, digest
from simulator.resources.containerservice.pool import subnet
from simulator.resources.network.addresses import ranges_of
from simulator.values import UNKNOWN, at, has_unknown

# The first four addresses of a subnet and its last are Azure's.
_FIRST: Final = 4
_RESERVED: Final = 5


def with_addresses(request: Request, member: str, *, first: bool = False) -> dict[str, Any]:
    """A list of configurations with their addresses; `first`: as a firewall, which takes the first of its subnet.

    The address follows from the id, so that a preview can foretell it.
    """
    listed = request.at(member)
    if not isinstance(listed, list):
        return {}
    return {member: [_with_address(request, item, first=first) for item in listed]}


def _with_address(request: Request, item: Any, *, first: bool) -> Any:
    if not isinstance(item, Mapping) or item.get("privateIPAddress") is not None:
        return item
    subnet_id = at(item, "subnet.id")
    found = subnet(subnet_id, request.world) or {}
    if subnet_id is UNKNOWN or has_unknown(ranges_written(found)):
        return {**item, "privateIPAddress": UNKNOWN}
    addresses = free_addresses(request, found, 1, str(item.get("name")), 0 if first else None)
    return {**item, "privateIPAddress": addresses[0]} if addresses else item


def ranges_written(within: Mapping[str, Any]) -> list[Any]:
    """What a subnet says of its ranges."""
    return [within.get("addressPrefix"), within.get("addressPrefixes")]


def free_addresses(
    request: Request, within: Mapping[str, Any], count: int, label: str = "", start: int | None = None
) -> list[str]:
    """So many addresses of a subnet that are not Azure's own; fewer where it has no room, none where it isn't here."""
    for network in ranges_of(within):
        free = network.num_addresses - _RESERVED
        if network.version == 4 and free > 0:
            begin = int(digest(request.id, f"address of {label}", 8), 16) if start is None else start
            return [str(network[_FIRST + (begin + place) % free]) for place in range(min(count, free))]
    return []
