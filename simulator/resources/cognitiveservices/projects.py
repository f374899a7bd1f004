"""Microsoft.CognitiveServices/accounts/projects."""

from __future__ import annotations

from typing import Any

from simulator.ids import key, name_of, parents
from simulator.model import Model, Request
from simulator.resources.cognitiveservices.accounts import FOUNDRY_API
from simulator.resources.cognitiveservices.project_rules import PROJECT_RULES
from simulator.store import Record
from simulator.values import at


class Projects(Model):
    """A project of an AI Foundry account."""

    token = "azure-native:cognitiveservices:Project"
    rules = PROJECT_RULES

    def outputs(self, request: Request) -> dict[str, Any]:
        """That it is ready, where programs reach it, and whether it is the account's first one."""
        account = next(parents(request.id), "")
        others = (other for other in request.world.below(account) if other.key != key(request.id))
        is_default = not any(at(other.outputs, "properties.isDefault") is True for other in others)
        endpoints = _endpoints(request.world.get(account), name_of(request.id))
        return {"properties": {"isDefault": is_default, "endpoints": endpoints, "provisioningState": "Succeeded"}}


def _endpoints(account: Record | None, project: str) -> dict[str, str]:
    whole = at(account.outputs, f"properties.endpoints.{FOUNDRY_API}") if account is not None else None
    return {FOUNDRY_API: f"{whole}api/projects/{project}"} if isinstance(whole, str) else {}
