"""Microsoft.CognitiveServices/accounts/projects."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request
from simulator.resources.cognitiveservices.project_rules import PROJECT_RULES


class Projects(Model):
    """A project of an AI Foundry account."""

    token = "azure-native:cognitiveservices:Project"
    rules = PROJECT_RULES

    def outputs(self, request: Request) -> dict[str, Any]:
        """That it is ready, and not the account's first one."""
        return {"properties": {"isDefault": False, "provisioningState": "Succeeded"}}
