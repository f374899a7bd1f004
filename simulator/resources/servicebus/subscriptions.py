"""Microsoft.ServiceBus/namespaces/topics/subscriptions."""

from __future__ import annotations

from typing import Any, Final

from simulator.model import Model, Request
from simulator.resources.servicebus.entity_rules import SUBSCRIPTION_RULES

_COUNTS: Final = ("active", "deadLetter", "scheduled", "transfer", "transferDeadLetter")


class Subscriptions(Model):
    """A reader of a topic."""

    token = "azure-native:servicebus:Subscription"
    rules = SUBSCRIPTION_RULES

    def outputs(self, request: Request) -> dict[str, Any]:
        """No messages yet."""
        return {"countDetails": {f"{name}MessageCount": 0 for name in _COUNTS}, "messageCount": 0}
