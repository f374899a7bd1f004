"""Microsoft.Authorization/roleAssignments."""

from __future__ import annotations

from typing import Any

from simulator.model import CREATED, PRINCIPAL, Model, Request
from simulator.resources.authorization.assignment_rules import ASSIGNMENT_RULES


class RoleAssignments(Model):
    """A role assignment: who may do what, where. Nothing of it can change but its description."""

    token = "azure-native:authorization:RoleAssignment"
    rules = ASSIGNMENT_RULES

    def defaults(self, request: Request) -> dict[str, Any]:
        """ARM looks up what kind of principal it is; the simulator has no directory and takes the commonest."""
        return {"principalType": "ServicePrincipal"}

    def outputs(self, request: Request) -> dict[str, Any]:
        """Who assigned the role, and when."""
        return {"createdBy": PRINCIPAL, "createdOn": CREATED, "updatedBy": PRINCIPAL, "updatedOn": CREATED}
