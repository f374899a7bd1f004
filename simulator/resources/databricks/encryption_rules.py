"""What Azure refuses about the keys with which a workspace encrypts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.ids import name_of
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


def _vault_uris(request: Request) -> Iterator[tuple[str, Any]]:
    """Where the keys of a workspace are said to lie."""
    for entity in _ENTITIES:
        path = f"encryption.entities.{entity}.keyVaultProperties.keyVaultUri"
        yield path, request.known(path)
    yield "parameters.encryption.value.keyVaultUri", request.known("parameters.encryption.value.keyVaultUri")


@rule(
    "dbx-key-vault-purge-protection", kind="cross-resource",
    source="learn.microsoft.com/azure/databricks/security/keys: requirements of customer-managed keys (code not "
    "confirmed)",
)  # fmt: skip
def vault_keeps_keys(request: Request) -> Iterator[Fault]:
    """A key that encrypts must not get lost: its vault has purge protection."""
    vaults = {name_of(vault.id).lower(): vault for vault in request.world.of_type("Microsoft.KeyVault/vaults")}
    for path, uri in _vault_uris(request):
        found = re.match(r"https://([^./]+)\.vault\.", uri) if isinstance(uri, str) else None
        vault = vaults.get(found[1].lower()) if found is not None else None
        if vault is not None and at(vault.body, "properties.enablePurgeProtection") in (None, False):
            yield Fault(f"key vault {name_of(vault.id)} has no purge protection", path,
                        "set properties.enablePurgeProtection of the vault to true")  # fmt: skip


@rule(
    "dbx-storage-key-needs-identity", kind="lifecycle",
    source="PowerShell/PowerShell#20404; learn.microsoft.com/azure/databricks/security/keys/cmk-dbfs-azure (code not "
    "confirmed)",
)  # fmt: skip
def storage_key_comes_second(request: Request) -> Iterator[Fault]:
    """The identity that reads the key is made by a first write with `prepareEncryption`."""
    path = "parameters.encryption.value.keySource"
    prepared = at(request.old.body, "parameters.prepareEncryption.value") if request.old is not None else None
    if request.known(path) == "Microsoft.Keyvault" and prepared in (None, False):
        yield Fault(
            "Missing pre-requisites to enable EncryptionAtRest/Customer Managed Key: the storage account of the "
            "workspace has no identity yet",
            path,
            "write the workspace with prepareEncryption first, let its storageAccountIdentity use the key, then set "
            "encryption",
        )


ENCRYPTION_RULES: Final[tuple[Rule, ...]] = (
    key_is_said_in_full, disk_encryption_stays, vault_keeps_keys, storage_key_comes_second,
)  # fmt: skip
