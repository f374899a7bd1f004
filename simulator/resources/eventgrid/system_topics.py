"""Microsoft.EventGrid/systemTopics."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.eventgrid.topic_rules import TOPIC_RULES


class SystemTopics(Model):
    """The events of one Azure resource."""

    token = "azure-native:eventgrid:SystemTopic"
    rules = TOPIC_RULES
