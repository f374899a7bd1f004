"""Microsoft.ManagedIdentity/userAssignedIdentities."""

from __future__ import annotations

from typing import Any

from simulator.model import TENANT, Model, Request, guid


class UserAssignedIdentities(Model):
    """A user-assigned identity with its service principal."""

    token = "azure-native:managedidentity:UserAssignedIdentity"

    def outputs(self, request: Request) -> dict[str, Any]:
        """The ids of the service principal."""
        return {
            "principalId": guid(request.id, "principal"),
            "clientId": guid(request.id, "client"),
            "tenantId": TENANT,
        }
