"""Microsoft.Storage/storageAccounts: the addresses, regions and keys that a storage account answers."""

from __future__ import annotations

from typing import Any, Final

from facts.regions import region
from simulator.model import CREATED, UNKNOWN_TEXT, Request, digest

_SERVICES: Final = ("blob", "dfs", "file", "queue", "table", "web")
# What a key that never expires has in `currentVersionedKeyExpirationTimestamp`, as Azure publishes it.
_NEVER: Final = "1970-01-01T00:00:00Z"


def endpoints(request: Request, suffix: str = "") -> dict[str, Any]:
    """The address of each service, and those of the two ways to it where the account publishes them."""
    found: dict[str, Any] = _hosts(request, suffix)
    for way in ("internet", "microsoft"):
        if request.known(f"routingPreference.publish{way.capitalize()}Endpoints") is True:
            found[f"{way}Endpoints"] = _hosts(request, f"{suffix}-{way}routing")
    return found


def _hosts(request: Request, suffix: str) -> dict[str, str]:
    name = f"{request.name}{suffix}"
    if request.text("dnsEndpointType").lower() == "azurednszone":
        zone = f"z{int(digest(request.id, 'zone', 4), 16) % 50 + 1:02}"
        return {service: f"https://{name}.{zone}.{service}.storage.azure.net/" for service in _SERVICES}
    return {service: f"https://{name}.{service}.core.windows.net/" for service in _SERVICES}


def second_region(request: Request) -> dict[str, Any]:
    """The paired region of a geo-redundant account, with addresses of its own where one may read there."""
    sku = request.text("sku.name").lower()
    if UNKNOWN_TEXT in sku:
        return dict.fromkeys(("secondaryLocation", "statusOfSecondary", "secondaryEndpoints"), UNKNOWN_TEXT)
    if "grs" not in sku and "gzrs" not in sku:
        return {"secondaryLocation": None, "statusOfSecondary": None, "secondaryEndpoints": None}
    readable = {name: host for name, host in endpoints(request, "-secondary").items() if name != "file"}
    return {
        "secondaryLocation": _pair(request.location),
        "statusOfSecondary": "available",
        "secondaryEndpoints": readable if "_ra" in sku else None,
    }


def _pair(location: str) -> str | None:
    if UNKNOWN_TEXT in location:
        return UNKNOWN_TEXT
    try:
        return region(location).paired_region or None
    except LookupError:
        return None


def encryption(request: Request) -> dict[str, Any]:
    """The services that are encrypted and since when, and the version of a key of one's own that is in use."""
    named = {"blob", "file", *request.known("encryption.services", {})}
    service = {"enabled": True, "keyType": "Account", "lastEnabledTime": CREATED}
    found: dict[str, Any] = {"keySource": "Microsoft.Storage", "services": dict.fromkeys(sorted(named), service)}
    if request.text("encryption.keySource").lower() != "microsoft.keyvault":
        return found
    vault, key = (request.text(f"encryption.keyVaultProperties.{name}") for name in ("keyVaultUri", "keyName"))
    version = request.text("encryption.keyVaultProperties.keyVersion") or digest(f"{vault}/keys/{key}", "version", 32)
    found["keyVaultProperties"] = {
        "currentVersionedKeyIdentifier": f"{vault.rstrip('/')}/keys/{key}/{version}",
        "currentVersionedKeyExpirationTimestamp": _NEVER,
        "lastKeyRotationTimestamp": CREATED,
    }
    return found
