"""Microsoft.Network/connections."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request, guid
from simulator.resources.network import gateway_rules


class Connections(Model):
    """A connection of a gateway."""

    token = "azure-native:network:VirtualNetworkGatewayConnection"
    rules = (gateway_rules.other_end,)
    write_only = ("sharedKey",)

    def outputs(self, request: Request) -> dict[str, Any]:
        """Nothing has gone through it yet."""
        return {"resourceGuid": guid(request.id, "resource"), "connectionStatus": "Unknown"}
