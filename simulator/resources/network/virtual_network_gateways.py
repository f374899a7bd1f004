"""Microsoft.Network/virtualNetworkGateways."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.model import Model, Request, guid
from simulator.resources.network import child_name_rules, gateway_rules, nat_gateway_rules


class VirtualNetworkGateways(Model):
    """A VPN or ExpressRoute gateway."""

    token = "azure-native:network:VirtualNetworkGateway"
    rules = (*child_name_rules.RULES, *gateway_rules.GATEWAY_RULES, nat_gateway_rules.free_addresses)

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its GUID and its two instances; it forwards the questions of no DNS."""
        found: dict[str, Any] = {"resourceGuid": guid(request.id, "resource"), "inboundDnsForwardingEndpoint": None}
        if isinstance(request.at("sku"), Mapping):
            found["sku"] = {"capacity": 2}
        return found
