"""Microsoft.ServiceBus/namespaces/topics/subscriptions."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.servicebus.entity_rules import SUBSCRIPTION_RULES


class Subscriptions(Model):
    """A reader of a topic."""

    token = "azure-native:servicebus:Subscription"
    rules = SUBSCRIPTION_RULES
