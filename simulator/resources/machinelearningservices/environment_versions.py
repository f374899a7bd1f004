"""Microsoft.MachineLearningServices/workspaces/environments/versions."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request


class EnvironmentVersions(Model):
    """One version of an environment: an image under a name."""

    token = "azure-native:machinelearningservices:EnvironmentVersion"

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its state."""
        return {"properties": {"environmentType": "UserCreated", "provisioningState": "Succeeded"}}
