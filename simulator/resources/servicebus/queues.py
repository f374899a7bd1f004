"""Microsoft.ServiceBus/namespaces/queues."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.servicebus.entity_rules import QUEUE_RULES


class Queues(Model):
    """A queue."""

    token = "azure-native:servicebus:Queue"
    rules = QUEUE_RULES
