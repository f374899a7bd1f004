"""Microsoft.EventHub/namespaces."""

from __future__ import annotations

from typing import Any

from simulator.ids import SUBSCRIPTION
from simulator.model import Model, Request
from simulator.resources.eventhub.namespace_rules import NAMESPACE_RULES


class Namespaces(Model):
    """A namespace of Event Hubs."""

    token = "azure-native:eventhub:Namespace"
    rules = NAMESPACE_RULES

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its address."""
        return {
            "serviceBusEndpoint": f"https://{request.name}.servicebus.windows.net:443/",
            "metricId": f"{SUBSCRIPTION}:{request.name}",
            "status": "Active",
        }
