"""Microsoft.EventHub/namespaces/eventhubs."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request
from simulator.resources.eventhub.event_hub_rules import EVENT_HUB_RULES
from simulator.values import UNKNOWN


class Eventhubs(Model):
    """An event hub, which is born with the consumer group `$Default`."""

    token = "azure-native:eventhub:EventHub"
    born_with = ("consumergroups/$Default",)
    rules = EVENT_HUB_RULES

    def outputs(self, request: Request) -> dict[str, Any]:
        """The names of its partitions: their numbers."""
        count = request.at("partitionCount")
        if count is UNKNOWN:
            return {"partitionIds": UNKNOWN}
        return {"partitionIds": [str(number) for number in range(int(count))]} if count else {}
