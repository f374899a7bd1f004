"""What Azure refuses about the keys with which a workspace encrypts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from simulator.model import Request
from simulator.rule import Fault, Rule, rule
from simulator.values import UNKNOWN, at

_ENTITIES: Final = ("managedServices", "managedDisk")
_PARTS: Final = ("keyVaultUri", "keyName", "keyVersion")


@rule(
    "dbx-encryption-key-details", kind="static", code="InvalidEncryptionEntitiesKeyVaultValue", quoted=True,
    source="Azure/azure-powershell#22898",
)  # fmt: skip
def key_is_said_in_full(request: Request) -> Iterator[Fault]:
    """A key of one's own is said by vault, name and version."""
    for entity in _ENTITIES:
        path = f"encryption.entities.{entity}"
        found = request.known(path)
        if not isinstance(found, Mapping) or found.get("keySource") != "Microsoft.Keyvault":
            continue
        details = found.get("keyVaultProperties")
        if details is UNKNOWN:
            continue
        if not isinstance(details, Mapping) or any(details.get(part) in (None, "") for part in _PARTS):
            yield Fault(
                "The keysource is specified as keyvault but keyvault details are not correctly provided.",
                f"{path}.keyVaultProperties",
                f"give {', '.join(_PARTS)}",
            )


@rule(
    "dbx-disk-encryption-stays", kind="lifecycle", code="DiskEncryptionPropertiesRequired", quoted=True,
    source="hashicorp/terraform-provider-azurerm#22394",
)  # fmt: skip
def disk_encryption_stays(request: Request) -> Iterator[Fault]:
    """Once the disks are encrypted with a key, every later write names one."""
    path = "encryption.entities.managedDisk"
    before = at(request.old.body, path) if request.old is not None else None
    if isinstance(before, Mapping) and request.at(path) is None:
        yield Fault(
            "Existing Disk Encryption Properties must be specified in the PUT request",
            path,
            "put encryption.entities.managedDisk back; only a new workspace is without",
        )


ENCRYPTION_RULES: Final[tuple[Rule, ...]] = (key_is_said_in_full, disk_encryption_stays)
