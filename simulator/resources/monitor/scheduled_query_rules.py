"""Microsoft.Insights/scheduledQueryRules."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request, guid
from simulator.resources.monitor.scheduled_query_rule_rules import SCHEDULED_QUERY_RULES


class ScheduledQueryRules(Model):
    """An alert on the result of a query."""

    token = "azure-native:monitor:ScheduledQueryRule"
    rules = SCHEDULED_QUERY_RULES

    def defaults(self, request: Request) -> dict[str, Any]:
        """An alert on logs that is on."""
        return {"kind": "LogAlert", "enabled": True, "skipQueryValidation": False}

    def outputs(self, request: Request) -> dict[str, Any]:
        """What tells it from the rules of the first generation."""
        return {
            "createdWithApiVersion": "2025-01-01-preview",
            "isLegacyLogAnalyticsRule": False,
            "isWorkspaceAlertsStorageConfigured": False,
            "etag": guid(request.id, "etag"),
        }
