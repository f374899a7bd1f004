"""Microsoft.MachineLearningServices/workspaces/serverlessEndpoints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.model import Model, Request
from simulator.resources.machinelearningservices.identity_rules import has_identity_ids
from simulator.rule import Fault, rule


@rule("ml-serverless-model", kind="static",
      source="MicrosoftDocs/azure-ai-docs concept-endpoint-serverless-availability.md (code not confirmed; "
      "checked 2026-11-25)")  # fmt: skip
def model_of_a_registry(request: Request) -> Iterator[Fault]:
    """A serverless endpoint serves a model of a registry, by its address there."""
    path = "properties.modelSettings.modelId"
    model = request.known(path)
    if isinstance(model, str) and not model.lower().startswith("azureml://registries/"):
        yield Fault(f"'{model}' is no model of a registry", path,
                    "write azureml://registries/<registry>/models/<model>")  # fmt: skip


class ServerlessEndpoints(Model):
    """A model of the catalogue, paid by the token."""

    token = "azure-native:machinelearningservices:ServerlessEndpoint"
    rules = (has_identity_ids, model_of_a_registry)

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its address."""
        host = f"https://{request.name}.{request.location}.models.ai.azure.com"
        return {
            "properties": {
                "endpointState": "Online",
                "inferenceEndpoint": {"uri": host, "headers": {}},
                "provisioningState": "Succeeded",
            }
        }
