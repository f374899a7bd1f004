"""The public addresses by which a cluster's nodes reach out, as AKS answers them (`effectiveOutboundIPs`).

Owns which property has them and what their ids are. Does not own what AKS refuses (`cluster_outbound_rules`).
"""

from __future__ import annotations

from typing import Any, Final

from simulator.model import Request, guid
from simulator.values import UNKNOWN, at

_NET: Final = "networkProfile"
# Where each way out has its addresses, how many AKS makes, and those that the program brings.
_PROFILES: Final = {
    "loadBalancer": ("loadBalancerProfile", "managedOutboundIPs.count", "outboundIPs.publicIPs"),
    "managedNATGateway": ("natGatewayProfile", "managedOutboundIPProfile.count", ""),
}


def outbound_addresses(request: Request, node_group: str) -> dict[str, Any]:
    """The part of `networkProfile` that says them; nothing for a way out that AKS doesn't make itself."""
    way = request.at(f"{_NET}.outboundType")
    name, count, own = _PROFILES.get("loadBalancer" if way is None else str(way), ("", "", ""))
    profile = request.at(f"{_NET}.{name}") if name else UNKNOWN
    basic = str(request.known(f"{_NET}.loadBalancerSku", "standard")).lower() == "basic"
    if profile is UNKNOWN or way is UNKNOWN or basic:
        return {}
    brought = at(profile, own) if own else None
    found = brought if brought is not None else _made(request, at(profile, count), node_group)
    return {_NET: {name: {"effectiveOutboundIPs": found}}}


def _made(request: Request, count: Any, node_group: str) -> Any:
    """Addresses in the nodes' resource group: one where the program doesn't say how many."""
    if count is UNKNOWN:
        return UNKNOWN
    return [
        {"id": f"{node_group}/providers/Microsoft.Network/publicIPAddresses/{guid(request.id, f'outbound-{number}')}"}
        for number in range(count if isinstance(count, int) else 1)
    ]
