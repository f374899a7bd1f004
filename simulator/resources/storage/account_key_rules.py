"""What Azure Storage refuses in the encryption of an account: keys of one's own, and where double encryption exists."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from simulator.ids import key, name_of
from simulator.model import Request
from simulator.rule import Fault, rule
from simulator.store import Record
from simulator.values import UNKNOWN, at

_NEW_ACCOUNT = "learn.microsoft.com storage/common/customer-managed-keys-configure-new-account (checked 2026-11-25)"
_PROPERTIES = "encryption.keyVaultProperties"
_READER = "encryption.encryptionIdentity.encryptionUserAssignedIdentity"
_VAULTS = {"vault.": "vaults", "managedhsm.": "managedHSMs"}
"""The providers' types by what their hosts begin with."""


@rule(
    "st-cmk-needs-key",
    kind="static",
    code="MissingKeyvaultProperties",
    source="hashicorp/terraform-provider-azurerm#658 (checked 2026-11-25)",
    reads=("encryption",),
    quoted=True,
)
def own_key_has_a_vault(request: Request) -> Iterator[Fault]:
    """A key of one's own has a vault and a name."""
    if _has_own_key(request) and at(request.inputs, _PROPERTIES) is None:
        yield Fault(
            "The encryption keyvault properties are missing from the request.", _PROPERTIES, "name the vault and key"
        )


@rule(
    "st-cmk-identity-is-assigned",
    kind="static",
    code="InvalidRequestPropertyValue",
    source=f"{_NEW_ACCOUNT} (code not confirmed)",
    reads=("encryption", "identity"),
)
def reader_of_key_is_assigned(request: Request) -> Iterator[Fault]:
    """The identity that reads the key is one of the account's own."""
    listed = request.at("identity.userAssignedIdentities")
    assigned = {key(str(item)) for item in listed} if isinstance(listed, list | dict) else set()
    used = request.known(_READER)
    if _has_own_key(request) and isinstance(used, str) and used != "" and key(used) not in assigned:
        yield Fault(
            f"identity {used} reads the key and is not assigned to the account",
            _READER,
            "list it in identity.userAssignedIdentities",
        )


@rule(
    "st-cmk-needs-identity",
    kind="static",
    code="InvalidRequestPropertyValue",
    source=f"Azure/azure-service-operator#4122, {_NEW_ACCOUNT} (code not confirmed)",
    reads=("encryption", "identity"),
    quoted=True,
)
def own_key_needs_identity(request: Request) -> Iterator[Fault]:
    """Without a named identity the system-assigned one reads the key, and a new account's one can't read it yet."""
    if not _has_own_key(request) or request.known(_READER) is not None:
        return
    has_system = "SystemAssigned" in str(request.known("identity.type", "None"))
    if not has_system or request.old is None:
        yield Fault(
            "Missing pre-requisites to enable EncryptionAtRest/Customer Managed Key for this storage account. For more "
            "information, see - https://aka.ms/storagecmkconfiguration",
            "encryption.encryptionIdentity",
            "assign a user-assigned identity that may read the key and name it here",
        )


@rule(
    "st-cmk-vault-needs-purge-protection",
    kind="cross-resource",
    code="KeyVaultPolicyError",
    source="Azure/azure-cli#12346, Azure/azure-cli#17914 (managed HSM), MicrosoftDocs/azure-docs#99329",
    reads=("encryption",),
    quoted=True,
)
def vault_of_key_is_protected(request: Request) -> Iterator[Fault]:
    """Who could purge the key could destroy the data."""
    vault = vault_of_uri(request, _account_key_uri(request))
    if vault is not None and not is_protected(vault):
        yield Fault(
            "Keyvault policy recoverable is not set",
            f"{_PROPERTIES}.keyVaultUri",
            f"set enablePurgeProtection to true for {vault.id}",
        )


@rule(
    "st-cmk-key-is-rsa",
    kind="cross-resource",
    code="BadRequest",
    source="learn.microsoft.com storage/common/customer-managed-keys-overview (2026-11-24)",
    reads=("encryption",),
)
def own_key_is_rsa(request: Request) -> Iterator[Fault]:
    """Azure Storage wraps its keys with RSA keys only."""
    path = f"{_PROPERTIES}.keyName"
    vault = vault_of_uri(request, _account_key_uri(request))
    found = request.world.get(f"{vault.id}/keys/{request.known(path)}") if vault is not None else None
    kind = at(found.body, "properties.kty") if found is not None else None
    if isinstance(kind, str) and kind.upper().startswith("EC"):
        yield Fault(f"key {request.known(path)} is of type {kind}", path, "use an RSA or RSA-HSM key")


@rule(
    "st-double-encryption-kind",
    kind="static",
    code="FeatureNotSupportedForAccount",
    source="ansible-collections/azure#773; Azure/bicep-registry-modules test blob (checked 2026-11-25)",
    reads=("kind", "encryption.requireInfrastructureEncryption"),
    status=HTTPStatus.CONFLICT,
    quoted=True,
)
def kind_has_double_encryption(request: Request) -> Iterator[Fault]:
    """The oldest kind of account is encrypted once."""
    path = "encryption.requireInfrastructureEncryption"
    if request.known(path) is True and request.known("kind") == "Storage":
        yield Fault("Infrastructure encryption is not supported for the account", path, "use kind StorageV2")


@rule(
    "st-account-key-type-kind",
    kind="static",
    code="InvalidRequestPropertyValue",
    source="azurerm storage_account_resource.go (checked 2026-11-25; code not confirmed)",
    reads=("kind", "encryption.services"),
)
def kind_has_account_keys(request: Request) -> Iterator[Fault]:
    """Queues and tables of a legacy account have keys of the service."""
    for service in ("queue", "table"):
        path = f"encryption.services.{service}.keyType"
        if request.known("kind") == "Storage" and request.known(path) == "Account":
            yield Fault(f"key type Account is not available for the {service}s of kind Storage", path, "use Service")


def vault_of_uri(request: Request, uri: Any) -> Record | None:
    """The vault or HSM that a URI of it or of a key names; `None` when it isn't here."""
    name, _, host = uri.removeprefix("https://").lower().partition(".") if isinstance(uri, str) else ("", "", "")
    kind = next((kind for start, kind in _VAULTS.items() if host.startswith(start)), None)
    if kind is None:
        return None
    vaults = request.world.of_type(f"Microsoft.KeyVault/{kind}")
    return next((vault for vault in vaults if name_of(vault.id).lower() == name), None)


def is_protected(vault: Record) -> bool:
    """Whether nobody can purge a vault; one that is not known may be protected."""
    protected = at(vault.outputs, "properties.enablePurgeProtection")
    soft_delete = at(vault.outputs, "properties.enableSoftDelete")
    return protected is UNKNOWN or (protected is True and (soft_delete is UNKNOWN or soft_delete is not False))


def _has_own_key(request: Request) -> bool:
    return str(request.known("encryption.keySource", "")).lower() == "microsoft.keyvault"


def _account_key_uri(request: Request) -> Any:
    return request.known(f"{_PROPERTIES}.keyVaultUri") if _has_own_key(request) else None


ACCOUNT_KEY_RULES = (
    own_key_has_a_vault, reader_of_key_is_assigned, own_key_needs_identity, vault_of_key_is_protected, own_key_is_rsa,
    kind_has_double_encryption, kind_has_account_keys,
)  # fmt: skip
