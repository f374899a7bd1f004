"""Microsoft.MachineLearningServices/workspaces/onlineEndpoints."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request
from simulator.resources.machinelearningservices.endpoint_rules import ONLINE_ENDPOINT_RULES
from simulator.resources.machinelearningservices.identity_rules import has_identity_ids, keeps_its_identity


class OnlineEndpoints(Model):
    """An address at which models answer at once."""

    token = "azure-native:machinelearningservices:OnlineEndpoint"
    write_only = ("properties.keys",)
    rules = (has_identity_ids, *ONLINE_ENDPOINT_RULES, keeps_its_identity)

    def defaults(self, request: Request) -> dict[str, Any]:
        """Open to the public, and without traffic."""
        return {"properties": {"mirrorTraffic": {}, "publicNetworkAccess": "Enabled", "traffic": {}}}

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its addresses."""
        host = f"https://{request.name}.{request.location}.inference.ml.azure.com"
        return {
            "properties": {
                "provisioningState": "Succeeded",
                "scoringUri": f"{host}/score",
                "swaggerUri": f"{host}/swagger.json",
            }
        }
