"""Microsoft.Insights/autoscalesettings."""

from __future__ import annotations

from typing import Any, Final

from simulator.model import Model, Request
from simulator.resources.monitor.autoscale_rules import AUTOSCALE_RULES

_SETTINGS: Final = (
    "enabled", "name", "notifications", "predictiveAutoscalePolicy", "profiles", "targetResourceLocation",
    "targetResourceUri",
)  # fmt: skip


class AutoscaleSettings(Model):
    """When a resource gets more or fewer instances."""

    token = "azure-native:monitor:AutoscaleSetting"
    rules = AUTOSCALE_RULES

    def outputs(self, request: Request) -> dict[str, Any]:
        """Below `properties` what the SDK takes beside the name; a setting is off until it is switched on."""
        settings = {name: request.at(name) for name in _SETTINGS if request.at(name) is not None}
        return {"properties": {"enabled": False, "name": request.name, **settings}}
