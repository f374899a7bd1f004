"""Microsoft.Storage/storageAccounts/encryptionScopes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.model import CREATED, Model, Request
from simulator.resources.storage.account_key_rules import is_protected, vault_of_uri
from simulator.rule import Fault, rule

_URI = "keyVaultProperties.keyUri"


@rule(
    "st-scope-needs-key",
    kind="static",
    code="MissingKeyvaultProperties",
    source="Microsoft.Storage/encryptionScopes reference, source (2024-01-01; code: hashicorp/"
    "terraform-provider-azurerm#658, of accounts)",
    reads=("source", "keyVaultProperties"),
)
def own_key_is_named(request: Request) -> Iterator[Fault]:
    """A scope with a key of one's own says which."""
    if request.known("source") == "Microsoft.KeyVault" and request.at(_URI) is None:
        yield Fault("source is Microsoft.KeyVault and no key is named", _URI, "write the URI of the key")


@rule(
    "st-scope-vault-needs-purge-protection",
    kind="cross-resource",
    code="KeyVaultPolicyError",
    source="Azure/azure-cli#12346, of accounts; learn.microsoft.com storage/blobs/encryption-scope-manage (checked "
    "2026-11-25)",
    reads=("source",),
    quoted=True,
)
def vault_of_key_is_protected(request: Request) -> Iterator[Fault]:
    """Who could purge the key could destroy the data."""
    vault = vault_of_uri(request, request.known(_URI)) if request.known("source") == "Microsoft.KeyVault" else None
    if vault is not None and not is_protected(vault):
        yield Fault("Keyvault policy recoverable is not set", _URI, f"set enablePurgeProtection for {vault.id}")


class EncryptionScopes(Model):
    """A key of its own for some containers or blobs of an account."""

    token = "azure-native:storage:EncryptionScope"
    # learn.microsoft.com storage/blobs/encryption-scope-manage (checked 2026-11-25; code not confirmed)
    unchangeable = ("requireInfrastructureEncryption",)
    unchangeable_code = "AccountPropertyCannotBeUpdated"
    rules = (own_key_is_named, vault_of_key_is_protected)

    def defaults(self, request: Request) -> dict[str, Any]:
        """Microsoft's key, in use."""
        return {"source": "Microsoft.Storage", "state": "Enabled"}

    def outputs(self, request: Request) -> dict[str, Any]:
        """When it was made."""
        return {"creationTime": CREATED, "lastModifiedTime": CREATED}
