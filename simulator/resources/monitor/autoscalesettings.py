"""Microsoft.Insights/autoscalesettings."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request
from simulator.resources.monitor.autoscale_rules import AUTOSCALE_RULES


class AutoscaleSettings(Model):
    """When a resource gets more or fewer instances."""

    token = "azure-native:monitor:AutoscaleSetting"
    rules = AUTOSCALE_RULES

    def defaults(self, request: Request) -> dict[str, Any]:
        """A setting does nothing until it is switched on."""
        return {"enabled": False}
