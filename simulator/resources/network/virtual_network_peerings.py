"""Microsoft.Network/virtualNetworks/virtualNetworkPeerings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.errors import Refusal
from simulator.ids import parents
from simulator.model import Model, Request, guid
from simulator.resources.network.addresses import networks, overlap
from simulator.values import at


class VirtualNetworkPeerings(Model):
    """One direction of a peering."""

    token = "azure-native:network:VirtualNetworkPeering"
    unchangeable = ("remoteVirtualNetwork.id",)
    unchangeable_code = "ChangingRemoteVirtualNetworkNotAllowed"

    def defaults(self, request: Request) -> dict[str, Any]:
        """The other direction isn't there yet, as far as this one knows."""
        return {"allowVirtualNetworkAccess": True, "allowForwardedTraffic": False, "allowGatewayTransit": False}

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its state and GUID."""
        return {
            "peeringState": "Initiated",
            "peeringSyncLevel": "FullyInSync",
            "resourceGuid": guid(request.id, "peering"),
        }

    def refusals(self, request: Request) -> Iterator[Refusal]:
        """Two networks can't be peered while their address spaces overlap."""
        remote_id = request.known("remoteVirtualNetwork.id")
        local, remote = (
            request.world.get(next(parents(request.id))),
            request.world.get(remote_id) if remote_id else None,
        )
        if local is None or remote is None:
            return
        spaces = [networks(at(side.body, "addressSpace.addressPrefixes")) for side in (local, remote)]
        if met := overlap(*spaces):
            yield Refusal(
                "VnetAddressSpacesOverlap",
                f"Cannot create or update peering {request.id}. Virtual networks {local.id} and {remote.id} cannot be "
                f"peered because their address spaces overlap. Overlapping address prefixes: {met[0]}, {met[1]}",
                target="remoteVirtualNetwork",
                quoted=True,
            )
