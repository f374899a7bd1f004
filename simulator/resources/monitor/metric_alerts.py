"""Microsoft.Insights/metricAlerts."""

from __future__ import annotations

from typing import Any

from simulator.model import CREATED, Model, Request
from simulator.resources.monitor.alert_rules import METRIC_ALERT_RULES


class MetricAlerts(Model):
    """An alert on a metric."""

    token = "azure-native:monitor:MetricAlert"
    rules = METRIC_ALERT_RULES

    def outputs(self, request: Request) -> dict[str, Any]:
        """When it was last written."""
        return {"lastUpdatedTime": CREATED, "isMigrated": False}
