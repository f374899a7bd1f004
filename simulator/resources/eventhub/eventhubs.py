"""Microsoft.EventHub/namespaces/eventhubs."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.eventhub.event_hub_rules import EVENT_HUB_RULES


class Eventhubs(Model):
    """An event hub, which is born with the consumer group `$Default`."""

    token = "azure-native:eventhub:EventHub"
    born_with = ("consumergroups/$Default",)
    rules = EVENT_HUB_RULES
