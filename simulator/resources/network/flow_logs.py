"""Microsoft.Network/networkWatchers/flowLogs."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request, guid
from simulator.resources.network import watcher_rules


class FlowLogs(Model):
    """The flow log of a network, a subnet or an interface."""

    token = "azure-native:network:FlowLog"
    rules = watcher_rules.LOG_RULES

    def outputs(self, request: Request) -> dict[str, Any]:
        """The GUID of what it logs."""
        return {"targetResourceGuid": guid(request.text("targetResourceId"), "resource")}
