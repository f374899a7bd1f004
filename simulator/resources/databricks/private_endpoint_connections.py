"""Microsoft.Databricks/workspaces/privateEndpointConnections."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request


class PrivateEndpointConnections(Model):
    """What the owner of a workspace says to a private endpoint that leads to it."""

    token = "azure-native:databricks:PrivateEndpointConnection"

    def outputs(self, request: Request) -> dict[str, Any]:
        """Set at once."""
        return {"properties": {"provisioningState": "Succeeded"}, "systemData": None}
