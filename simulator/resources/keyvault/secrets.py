"""Microsoft.KeyVault/vaults/secrets."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request, digest


class Secrets(Model):
    """A secret. Its value is taken and never answered."""

    token = "azure-native:keyvault:Secret"

    def outputs(self, request: Request) -> dict[str, Any]:
        """The secret's addresses; a version follows from the id and the write."""
        vault = request.id.split("/")[8]
        uri = f"https://{vault}.vault.azure.net/secrets/{request.name}"
        revision = request.old.revision if request.old is not None else 0
        version = digest(request.id, f"version-{revision}", 32)
        properties = request.at("properties")
        shown = (
            {name: value for name, value in properties.items() if name != "value"}
            if isinstance(properties, dict)
            else {}
        )
        return {"properties": {**shown, "secretUri": uri, "secretUriWithVersion": f"{uri}/{version}"}}
