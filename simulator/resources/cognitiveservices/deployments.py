"""Microsoft.CognitiveServices/accounts/deployments."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request
from simulator.resources.cognitiveservices.deployment_rules import DEPLOYMENT_RULES


class Deployments(Model):
    """A deployment of a model in an account of Azure OpenAI or AI Foundry."""

    token = "azure-native:cognitiveservices:Deployment"
    rules = DEPLOYMENT_RULES

    def outputs(self, request: Request) -> dict[str, Any]:
        """That it is ready."""
        return {"properties": {"provisioningState": "Succeeded"}}
