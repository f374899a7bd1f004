"""Microsoft.MachineLearningServices/workspaces/outboundRules."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request


class OutboundRules(Model):
    """What the managed network of a workspace may reach."""

    token = "azure-native:machinelearningservices:ManagedNetworkSettingsRule"

    def outputs(self, request: Request) -> dict[str, Any]:
        """A rule of the user's is active once the network is."""
        return {"properties": {"status": "Inactive"}}
