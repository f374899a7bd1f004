"""Microsoft.MachineLearningServices/workspaces/batchEndpoints."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request
from simulator.resources.machinelearningservices.endpoint_rules import BATCH_ENDPOINT_RULES
from simulator.resources.machinelearningservices.identity_rules import has_identity_ids


class BatchEndpoints(Model):
    """An address at which models work through data."""

    token = "azure-native:machinelearningservices:BatchEndpoint"
    write_only = ("properties.keys",)
    rules = (has_identity_ids, *BATCH_ENDPOINT_RULES)

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
