"""Microsoft.Insights/metricAlerts."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.monitor.alert_rules import METRIC_ALERT_RULES


class MetricAlerts(Model):
    """An alert on a metric."""

    token = "azure-native:monitor:MetricAlert"
    rules = METRIC_ALERT_RULES
