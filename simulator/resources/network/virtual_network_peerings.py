"""Microsoft.Network/virtualNetworks/virtualNetworkPeerings."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request, guid
from simulator.resources.network import peering_rules


class VirtualNetworkPeerings(Model):
    """One direction of a peering."""

    token = "azure-native:network:VirtualNetworkPeering"
    rules = peering_rules.RULES
    unchangeable = ("remoteVirtualNetwork.id",)
    unchangeable_code = "ChangingRemoteVirtualNetworkNotAllowed"

    def defaults(self, request: Request) -> dict[str, Any]:
        """The other direction isn't there yet, as far as this one knows."""
        return {"allowVirtualNetworkAccess": True, "allowForwardedTraffic": False, "allowGatewayTransit": False}

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its state and GUID, and how the other network encrypts."""
        remote_id = request.known("remoteVirtualNetwork.id")
        remote = request.world.get(remote_id) if isinstance(remote_id, str) else None
        return {
            "remoteVirtualNetworkEncryption": remote.body.get("encryption") if remote is not None else None,
            "peeringState": "Initiated",
            "peeringSyncLevel": "FullyInSync",
            "resourceGuid": guid(request.id, "peering"),
        }
