"""Microsoft.KeyVault/vaults."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from simulator.ids import parents
from simulator.model import CREATED, Model, Request, normal_location
from simulator.resources.keyvault.state_rules import VAULT_STATE_RULES
from simulator.resources.keyvault.vault_rules import VAULT_RULES
from simulator.values import at

_SOFT_DELETE_DAYS: Final = 90
# Keys and secrets tell times in seconds.
CREATED_SECONDS: Final = int(datetime.fromisoformat(CREATED).timestamp())


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


def recovery_level(request: Request) -> str:
    """What can be done about something deleted in a vault, as its keys say it."""
    vault = request.world.get(next(parents(request.id)))
    settings = vault.outputs.get("properties", {}) if vault is not None else {}
    days = at(settings, "softDeleteRetentionInDays")
    level = "CustomizedRecoverable" if isinstance(days, int) and days < _SOFT_DELETE_DAYS else "Recoverable"
    return level if at(settings, "enablePurgeProtection") is True else f"{level}+Purgeable"


def location_of_vault(request: Request) -> Any:
    """The region of what lies in a vault; `None` for a vault outside the store."""
    vault = request.world.get(next(parents(request.id)))
    location = vault.body.get("location") if vault is not None else None
    return normal_location(location) if isinstance(location, str) else location
