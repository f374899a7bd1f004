"""The host names and addresses that a private endpoint answers, for a program that keeps its own DNS records."""

from __future__ import annotations

from typing import Any, Final

from simulator.ids import name_of
from simulator.model import Request, normal_location
from simulator.resources.network.endpoint_rules import links_of, subnet_of, target_of
from simulator.resources.network.private_address_answers import free_addresses, ranges_written
from simulator.values import UNKNOWN, at, has_unknown

_PREFIX: Final = "privatelink."
# Services whose host names don't end as their private zone does (learn.microsoft.com, private-endpoint-dns, checked
# 2026-11-25).
_PUBLIC: Final = {"vaultcore.azure.net": "vault.azure.net"}


def dns_configs(request: Request) -> Any:
    """One entry for each zone of each group that a connection asks for; none for services that are not Azure's."""
    connections = request.at("privateLinkServiceConnections")
    within = subnet_of(request) or {}
    read = (connections, request.at("subnet"), request.at("ipConfigurations"), ranges_written(within))
    if any(has_unknown(each) for each in read) or _is_somewhere(request, connections):
        return UNKNOWN
    hosts = [
        host
        for connection in (connections if isinstance(connections, list) else ())
        for host in _hosts(request, connection)
    ]
    given = request.at("ipConfigurations")
    static = [at(item, "privateIPAddress") for item in given] if isinstance(given, list) else []
    chosen = [address for address in static if address is not None]
    free = chosen or free_addresses(request, within, len(hosts))
    return [{"fqdn": host, "ipAddresses": [address]} for host, address in zip(hosts, free, strict=False)]


def _hosts(request: Request, connection: Any) -> list[str]:
    found = target_of(connection)
    if found is None:
        return []
    target, arm_type, groups = found
    record = request.world.get(target)
    region = record.body.get("location") if record is not None else None
    if not isinstance(region, str):
        return []
    links = [link for link in links_of(arm_type) if any(link.is_spelled(group) for group in groups)]
    zones = [zone for link in links for zone in link.zones_in(normal_location(region))]
    return [f"{name_of(target)}.{_public(zone.removeprefix(_PREFIX))}" for zone in zones]


def _is_somewhere(request: Request, connections: Any) -> bool:
    """Whether a target's region, which may be part of its zones, is not known yet."""
    for connection in connections if isinstance(connections, list) else ():
        found = target_of(connection)
        record = request.world.get(found[0]) if found is not None else None
        if record is not None and record.body.get("location") is UNKNOWN:
            return True
    return False


def _public(zone: str) -> str:
    return _PUBLIC.get(zone, zone)
