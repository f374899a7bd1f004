"""Microsoft.Insights/actionGroups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.model import Model, Request
from simulator.resources.monitor.action_group_rules import ACTION_GROUP_RULES


class ActionGroups(Model):
    """Who is told about an alert."""

    token = "azure-native:monitor:ActionGroup"
    rules = ACTION_GROUP_RULES

    def outputs(self, request: Request) -> dict[str, Any]:
        """Nobody has unsubscribed."""
        return {name: _enabled(request.at(name)) for name in ("emailReceivers", "smsReceivers") if request.known(name)}


def _enabled(receivers: Any) -> Any:
    if not isinstance(receivers, list):
        return receivers
    return [{**each, "status": "Enabled"} if isinstance(each, Mapping) else each for each in receivers]
