"""Microsoft.MachineLearningServices/workspaces/environments/versions."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request


class EnvironmentVersions(Model):
    """One version of an environment: an image under a name."""

    token = "azure-native:machinelearningservices:EnvironmentVersion"
    # A version is for ever: MicrosoftDocs/azure-ai-docs how-to-manage-environments-v2.md (checked 2026-11-25).
    unchangeable = ("properties.image",)
    unchangeable_code = "UserError"

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its state."""
        return {"properties": {"environmentType": "UserCreated", "provisioningState": "Succeeded"}}
