"""Microsoft.EventGrid/systemTopics/eventSubscriptions."""

from __future__ import annotations

from typing import Any

from simulator.ids import parents
from simulator.model import Model, Request
from simulator.resources.eventgrid.event_subscriptions import WRITE_ONLY, destinations
from simulator.resources.eventgrid.subscription_rules import SUBSCRIPTION_RULES


class SystemTopicEventSubscriptions(Model):
    """Where the events of a system topic go."""

    token = "azure-native:eventgrid:SystemTopicEventSubscription"
    rules = SUBSCRIPTION_RULES
    write_only = WRITE_ONLY

    def outputs(self, request: Request) -> dict[str, Any]:
        """Where the events go, without the key of a web hook."""
        return {**destinations(request), "topic": next(parents(request.id))}
