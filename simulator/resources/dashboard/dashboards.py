"""Microsoft.Dashboard/dashboards."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request


class Dashboards(Model):
    """A dashboard that Azure Monitor shows with Grafana; what it shows is a definition below it."""

    token = "azure-native:dashboard:Dashboard"

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its state."""
        return {"provisioningState": "Succeeded"}
