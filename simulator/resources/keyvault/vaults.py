"""Microsoft.KeyVault/vaults."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.errors import Refusal
from simulator.ids import parents
from simulator.model import Model, Request, normal_location
from simulator.values import at

_SOFT_DELETE_DAYS = 90


class Vaults(Model):
    """A key vault."""

    token = "azure-native:keyvault:Vault"

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

    def refusals(self, request: Request) -> Iterator[Refusal]:
        """Purge protection is for ever, and so is the length of soft delete."""
        if request.at("properties.enablePurgeProtection") is False:
            yield Refusal(
                "BadRequest",
                'The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection for a '
                "vault is an irreversible action.",
                target="properties.enablePurgeProtection",
                fix="leave the property out to have no purge protection, or set it to true",
                quoted=True,
            )
        before = at(request.old.body, "properties.softDeleteRetentionInDays") if request.old is not None else None
        after = request.known("properties.softDeleteRetentionInDays", before)
        if before is not None and after != before:
            yield Refusal(
                "BadRequest",
                'The property "softDeleteRetentionInDays" has been set already and it can\'t be modified.',
                target="properties.softDeleteRetentionInDays",
                fix=f"keep {before}, or make a new vault",
                quoted=True,
            )


def location_of_vault(request: Request) -> Any:
    """The region of what lies in a vault; `None` for a vault outside the store."""
    vault = request.world.get(next(parents(request.id)))
    location = vault.body.get("location") if vault is not None else None
    return normal_location(location) if isinstance(location, str) else location
