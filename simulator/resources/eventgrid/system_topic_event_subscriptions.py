"""Microsoft.EventGrid/systemTopics/eventSubscriptions."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.eventgrid.subscription_rules import SUBSCRIPTION_RULES


class SystemTopicEventSubscriptions(Model):
    """Where the events of a system topic go."""

    token = "azure-native:eventgrid:SystemTopicEventSubscription"
    rules = SUBSCRIPTION_RULES
