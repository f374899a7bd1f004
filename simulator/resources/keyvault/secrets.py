"""Microsoft.KeyVault/vaults/secrets."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request, digest
from simulator.resources.keyvault.content_rules import SECRET_RULES
from simulator.resources.keyvault.vaults import CREATED_SECONDS, location_of_vault


class Secrets(Model):
    """A secret. Its value is taken and never answered."""

    token = "azure-native:keyvault:Secret"
    write_only = ("properties.value",)
    rules = SECRET_RULES

    def defaults(self, request: Request) -> dict[str, Any]:
        """It can be read."""
        return {"properties": {"attributes": {"enabled": True}}}

    def outputs(self, request: Request) -> dict[str, Any]:
        """The secret's addresses; a version follows from the id and the write."""
        vault = request.id.split("/")[8]
        uri = f"https://{vault}.vault.azure.net/secrets/{request.name}"
        version = digest(request.id, f"version-{request.revision}", 32)
        return {
            "properties": {
                "secretUri": uri,
                "secretUriWithVersion": f"{uri}/{version}",
                "attributes": {"created": CREATED_SECONDS, "updated": CREATED_SECONDS},
            },
            "location": location_of_vault(request),
        }
