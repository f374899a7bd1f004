"""Microsoft.MachineLearningServices/registries."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request
from simulator.resources.machinelearningservices.identity_rules import has_identity_ids
from simulator.resources.machinelearningservices.registry_rules import REGISTRY_RULES


class Registries(Model):
    """A registry, from which workspaces of many regions take models, environments and components."""

    token = "azure-native:machinelearningservices:Registry"
    rules = (has_identity_ids, *REGISTRY_RULES)

    def defaults(self, request: Request) -> dict[str, Any]:
        """Open to the public."""
        return {"publicNetworkAccess": "Enabled"}

    def outputs(self, request: Request) -> dict[str, Any]:
        """Where it is found."""
        return {
            "discoveryUrl": f"https://{request.location}.api.azureml.ms/registrymanagement/v1.0/registries/"
            f"{request.name}/discovery",
            "mlFlowRegistryUri": f"azureml://{request.location}.api.azureml.ms/mlflow/v1.0/registries/{request.name}",
        }
