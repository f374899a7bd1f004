"""Microsoft.MachineLearningServices/workspaces/batchEndpoints."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request
from simulator.resources.machinelearningservices.endpoint_rules import BATCH_ENDPOINT_RULES


class BatchEndpoints(Model):
    """An address at which models work through data."""

    token = "azure-native:machinelearningservices:BatchEndpoint"
    write_only = ("properties.keys",)
    rules = BATCH_ENDPOINT_RULES

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its addresses."""
        host = f"https://{request.name}.{request.location}.inference.ml.azure.com"
        return {
            "properties": {
                "provisioningState": "Succeeded",
                "scoringUri": f"{host}/jobs",
                "swaggerUri": "",
            }
        }
