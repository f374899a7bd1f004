"""Microsoft.Databricks/workspaces/virtualNetworkPeerings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.ids import parents
from simulator.model import Model, Request
from simulator.rule import Fault, rule
from simulator.values import at


@rule(
    "dbx-peering-of-injected-workspace", kind="cross-resource",
    source="learn.microsoft.com/azure/databricks/security/network/classic/vnet-peering (code not confirmed)",
)  # fmt: skip
def managed_network_only(request: Request) -> Iterator[Fault]:
    """Databricks peers the network that it manages; one's own network is peered by Microsoft.Network."""
    workspace = request.world.get(next(parents(request.id)))
    network = at(workspace.body, "parameters.customVirtualNetworkId.value") if workspace is not None else None
    if isinstance(network, str) and network:
        yield Fault(
            f"the workspace runs in {network}, which is not a network that Databricks manages",
            "databricksVirtualNetwork",
            "peer the two networks with network.VirtualNetworkPeering",
        )


class VirtualNetworkPeerings(Model):
    """A peering of the network that Databricks manages for a workspace."""

    token = "azure-native:databricks:VNetPeering"
    rules = (managed_network_only,)

    def defaults(self, request: Request) -> dict[str, Any]:
        """Traffic between the two networks only."""
        return {
            "allowForwardedTraffic": False, "allowGatewayTransit": False, "allowVirtualNetworkAccess": True,
            "useRemoteGateways": False,
        }  # fmt: skip

    def outputs(self, request: Request) -> dict[str, Any]:
        """The other side has to be peered, too."""
        return {"peeringState": "Initiated", "systemData": None}
