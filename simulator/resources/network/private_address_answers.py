"""The private addresses that Azure chooses where a request names a subnet and no address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from simulator.model import Request, digest
from simulator.resources.containerservice.pool import subnet
from simulator.resources.network.addresses import ranges_of
from simulator.values import UNKNOWN, at

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
    if subnet_id is UNKNOWN:
        return {**item, "privateIPAddress": UNKNOWN}
    found = subnet(subnet_id, request.world)
    for network in ranges_of(found) if found is not None else ():
        free = network.num_addresses - _RESERVED
        if network.version == 4 and free > 0:
            place = 0 if first else int(digest(request.id, f"address of {item.get('name')}", 8), 16) % free
            return {**item, "privateIPAddress": str(network[_FIRST + place])}
    return item
