"""Microsoft.KeyVault/vaults/keys."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request, digest
from simulator.resources.keyvault.content_rules import KEY_RULES
from simulator.resources.keyvault.vaults import location_of_vault


class Keys(Model):
    """A key. ARM can make one and not change it."""

    token = "azure-native:keyvault:Key"
    rules = KEY_RULES

    def outputs(self, request: Request) -> dict[str, Any]:
        """The key's addresses, and the region of its vault."""
        vault = request.id.split("/")[8]
        uri = f"https://{vault}.vault.azure.net/keys/{request.name}"
        return {
            "keyUri": uri,
            "keyUriWithVersion": f"{uri}/{digest(request.id, 'version', 32)}",
            "location": location_of_vault(request),
        }
