"""Microsoft.MachineLearningServices/workspaces/outboundRules."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request
from simulator.resources.machinelearningservices.outbound_rule_rules import OUTBOUND_RULES


class OutboundRules(Model):
    """What the managed network of a workspace may reach."""

    token = "azure-native:machinelearningservices:ManagedNetworkSettingsRule"
    rules = OUTBOUND_RULES

    def outputs(self, request: Request) -> dict[str, Any]:
        """A rule of the user's is active once the network is."""
        return {"properties": {"status": "Inactive"}}
