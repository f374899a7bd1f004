"""Microsoft.KeyVault/vaults."""

from __future__ import annotations

from typing import Any

from simulator.ids import parents
from simulator.model import Model, Request, normal_location
from simulator.resources.keyvault.state_rules import VAULT_STATE_RULES
from simulator.resources.keyvault.vault_rules import VAULT_RULES

_SOFT_DELETE_DAYS = 90


class Vaults(Model):
    """A key vault."""

    token = "azure-native:keyvault:Vault"
    rules = (*VAULT_RULES, *VAULT_STATE_RULES)

    def defaults(self, request: Request) -> dict[str, Any]:
        """Soft delete is on for 90 days unless the request says fewer."""
        return {"properties": {"enableSoftDelete": True, "softDeleteRetentionInDays": _SOFT_DELETE_DAYS}}

    def outputs(self, request: Request) -> dict[str, Any]:
        """The vault's address."""
        return {
            "properties": {
                "vaultUri": f"https://{request.name}.vault.azure.net/",
                "hsmPoolResourceId": "",
                "privateEndpointConnections": [],
                "provisioningState": "Succeeded",
            }
        }


def location_of_vault(request: Request) -> Any:
    """The region of what lies in a vault; `None` for a vault outside the store."""
    vault = request.world.get(next(parents(request.id)))
    location = vault.body.get("location") if vault is not None else None
    return normal_location(location) if isinstance(location, str) else location
