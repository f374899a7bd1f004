"""Microsoft.DataProtection/backupVaults."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request, guid
from simulator.resources.dataprotection.vault_rules import VAULT_RULES


class BackupVaults(Model):
    """A vault for the backups of clusters, disks, blobs and databases."""

    token = "azure-native:dataprotection:BackupVault"
    rules = VAULT_RULES

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its state, and the principal of its system-assigned identity."""
        answer: dict[str, Any] = {"properties": {"provisioningState": "Succeeded"}}
        if "SystemAssigned" in request.text("identity.type"):
            answer["identity"] = {"principalId": guid(request.id, "principal")}
        return answer
