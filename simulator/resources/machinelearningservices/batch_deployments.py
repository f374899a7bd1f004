"""Microsoft.MachineLearningServices/workspaces/batchEndpoints/deployments."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request
from simulator.resources.machinelearningservices.batch_rules import BATCH_DEPLOYMENT_RULES


class BatchDeployments(Model):
    """A model or a pipeline behind a batch endpoint, and the cluster that runs it."""

    token = "azure-native:machinelearningservices:BatchDeployment"
    rules = BATCH_DEPLOYMENT_RULES

    def defaults(self, request: Request) -> dict[str, Any]:
        """What the service has for a deployment that says nothing (reference-yaml-deployment-batch.md)."""
        return {
            "properties": {
                "errorThreshold": -1,
                "loggingLevel": "Info",
                "maxConcurrencyPerInstance": 1,
                "miniBatchSize": 10,
                "outputAction": "AppendRow",
                "outputFileName": "predictions.csv",
                "resources": {"instanceCount": 1},
                "retrySettings": {"maxRetries": 3, "timeout": "PT30S"},
            }
        }

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its state."""
        return {"properties": {"provisioningState": "Succeeded"}}
