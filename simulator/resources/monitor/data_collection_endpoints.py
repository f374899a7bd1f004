"""Microsoft.Insights/dataCollectionEndpoints."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request, digest, guid


class DataCollectionEndpoints(Model):
    """Where agents and programs hand in their data."""

    token = "azure-native:monitor:DataCollectionEndpoint"

    def outputs(self, request: Request) -> dict[str, Any]:
        """The addresses."""
        host = f"{request.name}-{digest(request.id, 'dce', 4)}.{request.location}-1"
        return {
            "immutableId": f"dce-{digest(request.id, 'dce', 32)}",
            "configurationAccess": {"endpoint": f"https://{host}.handler.control.monitor.azure.com"},
            "logsIngestion": {"endpoint": f"https://{host}.ingest.monitor.azure.com"},
            "metricsIngestion": {"endpoint": f"https://{host}.metrics.ingest.monitor.azure.com"},
            "etag": guid(request.id, "etag"),
            "privateLinkScopedResources": [],
            "provisioningState": "Succeeded",
        }
