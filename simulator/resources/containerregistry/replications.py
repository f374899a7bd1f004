"""Microsoft.ContainerRegistry/registries/replications."""

from __future__ import annotations

from typing import Any

from simulator.model import CREATED, Model, Request
from simulator.resources.containerregistry.registry_rules import REPLICATION_RULES


class Replications(Model):
    """A copy of a registry in another region."""

    token = "azure-native:containerregistry:Replication"
    unchangeable = ("zoneRedundancy",)
    rules = REPLICATION_RULES

    def defaults(self, request: Request) -> dict[str, Any]:
        """What the service has for a new replication."""
        return {"regionEndpointEnabled": True, "zoneRedundancy": "Disabled"}

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its state."""
        return {"status": {"displayStatus": "Ready", "message": "The replication is ready.", "timestamp": CREATED}}
