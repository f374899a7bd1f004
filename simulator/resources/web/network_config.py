"""Microsoft.Web/sites/networkConfig."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request
from simulator.resources.web.integration_rules import INTEGRATION_RULES


class NetworkConfig(Model):
    """The subnet that a site reaches a network by, as a resource of its own."""

    token = "azure-native:web:WebAppSwiftVirtualNetworkConnection"
    rules = INTEGRATION_RULES

    def defaults(self, request: Request) -> dict[str, Any]:
        """Scale units that know no other integration are gone."""
        return {"swiftSupported": True}

    def outputs(self, request: Request) -> dict[str, Any]:
        """Nothing else."""
        return {"systemData": None}
