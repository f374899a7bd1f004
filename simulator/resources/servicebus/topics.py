"""Microsoft.ServiceBus/namespaces/topics."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.servicebus.entity_rules import TOPIC_RULES


class Topics(Model):
    """A topic, which its subscriptions read."""

    token = "azure-native:servicebus:Topic"
    rules = TOPIC_RULES
