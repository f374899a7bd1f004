"""Microsoft.Insights/diagnosticSettings."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.monitor.diagnostic_rules import DIAGNOSTIC_RULES


class DiagnosticSettings(Model):
    """Where a resource sends its logs and metrics."""

    token = "azure-native:monitor:DiagnosticSetting"
    rules = DIAGNOSTIC_RULES
