"""Microsoft.EventGrid/systemTopics."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request, guid
from simulator.resources.eventgrid.topic_rules import TOPIC_RULES


class SystemTopics(Model):
    """The events of one Azure resource."""

    token = "azure-native:eventgrid:SystemTopic"
    rules = TOPIC_RULES

    def outputs(self, request: Request) -> dict[str, Any]:
        """The id under which its metrics are kept."""
        return {"metricResourceId": guid(request.id, "metrics")}
