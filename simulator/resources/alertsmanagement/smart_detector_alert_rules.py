"""Microsoft.AlertsManagement/smartDetectorAlertRules."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.model import Model, Request
from simulator.resources.monitor.region_rules import not_global
from simulator.rule import Fault, rule


@rule("smart-location", kind="static", code="LocationNotAvailableForResourceType",
      source="azurerm 2026-08-21 monitor_smart_detector_alert_rule (global)")  # fmt: skip
def lies_nowhere(request: Request) -> Iterator[Fault]:
    """Detectors run in no region."""
    yield from not_global(request, "Microsoft.AlertsManagement/smartDetectorAlertRules")


class SmartDetectorAlertRules(Model):
    """An alert on what a detector finds unusual in an application."""

    token = "azure-native:alertsmanagement:SmartDetectorAlertRule"
    rules = (lies_nowhere,)
