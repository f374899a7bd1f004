"""Microsoft.KeyVault/vaults/keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from simulator.model import Model, Request, digest
from simulator.resources.keyvault.content_rules import KEY_RULES
from simulator.resources.keyvault.vaults import CREATED_SECONDS, location_of_vault, recovery_level
from simulator.values import UNKNOWN

_RSA_OPERATIONS: Final = ("encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey")


class Keys(Model):
    """A key. ARM can make one and not change it."""

    token = "azure-native:keyvault:Key"
    rules = KEY_RULES

    def outputs(self, request: Request) -> dict[str, Any]:
        """The key's addresses, and the region of its vault."""
        vault = request.id.split("/")[8]
        uri = f"https://{vault}.vault.azure.net/keys/{request.name}"
        return {
            **_material(request),
            "keyUri": uri,
            "keyUriWithVersion": f"{uri}/{digest(request.id, 'version', 32)}",
            "location": location_of_vault(request),
        }


def _material(request: Request) -> dict[str, Any]:
    """The kind of key, what it may be used for, and since when; what the request leaves out, the service chooses."""
    given = request.at("properties")
    if not isinstance(given, Mapping):
        return dict.fromkeys(("kty", "keyOps", "keySize", "curveName", "attributes"), UNKNOWN)
    found = {**_chosen(given.get("kty")), **{name: value for name, value in given.items() if value is not None}}
    attributes = found.get("attributes", {})
    times = {"created": CREATED_SECONDS, "updated": CREATED_SECONDS}
    made = {"enabled": True, "exportable": False, "recoveryLevel": recovery_level(request)}
    if isinstance(attributes, Mapping):
        found["attributes"] = {**made, **attributes, **times}
    return found


def _chosen(kind: Any) -> dict[str, Any]:
    if kind is UNKNOWN:
        return dict.fromkeys(("keyOps", "keySize", "curveName"), UNKNOWN)
    if str(kind).startswith("EC"):
        return {"keyOps": ["sign", "verify"], "curveName": "P-256"}
    return {"keyOps": list(_RSA_OPERATIONS), "keySize": 2048}
