"""Microsoft.Authorization/policyAssignments."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request, guid
from simulator.resources.authorization.policy_assignment_rules import ASSIGNMENT_RULES


class PolicyAssignments(Model):
    """The assignment of a policy or of an initiative to a scope."""

    token = "azure-native:authorization:PolicyAssignment"
    rules = ASSIGNMENT_RULES

    def defaults(self, request: Request) -> dict[str, Any]:
        """Assignments are enforced unless asked otherwise."""
        return {"enforcementMode": "Default"}

    def outputs(self, request: Request) -> dict[str, Any]:
        """The instance's id and versions; a system-assigned identity gets its principal."""
        version = request.text("definitionVersion", "1.0.0")
        found: dict[str, Any] = {
            "instanceId": guid(request.id, "instance"),
            "effectiveDefinitionVersion": version,
            "latestDefinitionVersion": version,
        }
        if request.at("identity.type") != "SystemAssigned":
            return found
        return {**found, "identity": {"principalId": guid(request.id, "principal")}}
