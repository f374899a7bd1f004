"""The network rules that a storage account and a key vault have alike: address ranges, and subnets with an endpoint.

Does not own what each service answers: that is in the rules of its types.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network, ip_network
from typing import Any, Final

from simulator.ids import name_of, parents
from simulator.model import Request
from simulator.values import at, has_unknown

_PRIVATE: Final = tuple(ip_network(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"))


def known_items(request: Request, path: str) -> Iterator[tuple[str, Any]]:
    """The items of a list input with their paths, without those that are not wholly known."""
    listed = request.known(path, [])
    for index, item in enumerate(listed if isinstance(listed, list) else []):
        if not has_unknown(item):
            yield f"{path}[{index}]", item


def range_of(text: str) -> IPv4Network | None:
    """The range that a rule means, a single address included; `None` for what is no IPv4 range."""
    try:
        return IPv4Network(text, strict=False)
    except ValueError:
        return None


def is_private(network: IPv4Network) -> bool:
    """Whether a range lies in a private one (RFC 1918)."""
    return any(network.subnet_of(private) for private in _PRIVATE if isinstance(private, IPv4Network))


def without_endpoint(request: Request, path: str, member: str, service: str) -> Iterator[tuple[str, str]]:
    """The rules, as path and subnet id, whose subnet has no service endpoint for `service`."""
    for target, item in known_items(request, path):
        subnet_id = at(item, member)
        if not isinstance(subnet_id, str) or at(item, "ignoreMissingVnetServiceEndpoint") is True:
            continue
        subnet = _subnet(request, subnet_id)
        endpoints = subnet.get("serviceEndpoints") if subnet is not None else None
        if subnet is None or has_unknown(endpoints):
            continue
        listed = endpoints if isinstance(endpoints, list) else []
        if not any(str(at(endpoint, "service")).lower().startswith(service.lower()) for endpoint in listed):
            yield target, subnet_id


def _subnet(request: Request, subnet_id: str) -> dict[str, Any] | None:
    """The subnet as it was last written, on its own or inside its network; `None` when it isn't here."""
    found = request.world.get(subnet_id)
    if found is not None:
        return found.body
    network = request.world.get(next(parents(subnet_id), ""))
    inline = network.body.get("subnets") if network is not None else None
    for item in inline if isinstance(inline, list) else []:
        if isinstance(item, dict) and str(item.get("name")).lower() == name_of(subnet_id).lower():
            return item
    return None
