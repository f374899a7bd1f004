"""Microsoft.EventGrid/eventSubscriptions."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.eventgrid.subscription_rules import SUBSCRIPTION_RULES


class EventSubscriptions(Model):
    """Where the events of a scope go."""

    token = "azure-native:eventgrid:EventSubscription"
    rules = SUBSCRIPTION_RULES
