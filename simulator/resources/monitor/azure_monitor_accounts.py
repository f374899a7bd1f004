"""Microsoft.Monitor/accounts."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request, digest, guid


class AzureMonitorAccounts(Model):
    """An Azure Monitor workspace: where metrics of Prometheus are kept."""

    token = "azure-native:monitor:AzureMonitorWorkspace"

    def defaults(self, request: Request) -> dict[str, Any]:
        """Open to queries from everywhere."""
        return {"publicNetworkAccess": "Enabled"}

    def outputs(self, request: Request) -> dict[str, Any]:
        """Where metrics are asked for, and the rule and endpoint that come with the workspace."""
        group = f"/subscriptions/{request.id.split('/')[2]}/resourceGroups/MA_{request.name}_{request.location}_managed"
        made = f"{group}/providers/Microsoft.Insights"
        host = f"{request.name}-{digest(request.id, 'amw', 4)}.{request.location}"
        return {
            "accountId": guid(request.id, "account"),
            "metrics": {
                "internalId": f"mac_{guid(request.id, 'account')}",
                "prometheusQueryEndpoint": f"https://{host}.prometheus.monitor.azure.com",
            },
            "defaultIngestionSettings": {
                "dataCollectionEndpointResourceId": f"{made}/dataCollectionEndpoints/{request.name}",
                "dataCollectionRuleResourceId": f"{made}/dataCollectionRules/{request.name}",
            },
            "etag": guid(request.id, "etag"),
            "privateEndpointConnections": [],
            "provisioningState": "Succeeded",
        }
