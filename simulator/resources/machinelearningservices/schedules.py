"""Microsoft.MachineLearningServices/workspaces/schedules."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request
from simulator.resources.machinelearningservices.schedule_rules import SCHEDULE_RULES


class Schedules(Model):
    """When a job, a batch endpoint or a monitor runs."""

    token = "azure-native:machinelearningservices:Schedule"
    rules = SCHEDULE_RULES

    def defaults(self, request: Request) -> dict[str, Any]:
        """A schedule is on."""
        return {"properties": {"isEnabled": True}}

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its state."""
        return {"properties": {"provisioningState": "Succeeded"}}
