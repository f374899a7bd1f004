"""Microsoft.DataFactory/factories/triggers."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request
from simulator.resources.datafactory.reference_rules import references_are_there


class Triggers(Model):
    """What starts pipelines."""

    token = "azure-native:datafactory:Trigger"
    rules = (references_are_there,)

    def outputs(self, request: Request) -> dict[str, Any]:
        """A trigger waits until somebody starts it."""
        return {"properties": {"runtimeState": "Stopped"}}
