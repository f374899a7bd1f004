"""Microsoft.EventHub/namespaces/eventhubs/consumergroups."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.eventhub.event_hub_rules import CONSUMER_GROUP_RULES


class Consumergroups(Model):
    """A reader of an event hub."""

    token = "azure-native:eventhub:ConsumerGroup"
    rules = CONSUMER_GROUP_RULES
