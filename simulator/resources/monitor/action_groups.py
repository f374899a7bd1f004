"""Microsoft.Insights/actionGroups."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.monitor.action_group_rules import ACTION_GROUP_RULES


class ActionGroups(Model):
    """Who is told about an alert."""

    token = "azure-native:monitor:ActionGroup"
    rules = ACTION_GROUP_RULES
