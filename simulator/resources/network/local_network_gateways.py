"""Microsoft.Network/localNetworkGateways."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request, guid
from simulator.resources.network import gateway_rules


class LocalNetworkGateways(Model):
    """A site at the other end of a VPN."""

    token = "azure-native:network:LocalNetworkGateway"
    rules = gateway_rules.SITE_RULES

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its GUID."""
        return {"resourceGuid": guid(request.id, "resource")}
