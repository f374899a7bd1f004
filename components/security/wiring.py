"""From settings to keys and secrets.

A service that can take a key of ours asks `foundation.customer_keys.get("<purpose>")`: a `CustomerKey`, or None where
the settings leave it to Microsoft's keys. Purposes are in `PURPOSES`; add a line there for a new consumer. Whoever uses
a key must wait for `key.ready` (`depends_on`), which holds the role of `key.identity` at that key: then one `up` is
enough, although the vault is closed to the internet from its first second. Azure lets its own services through
(`bypass`), keys are made through Azure Resource Manager, and identities exist before what they encrypt.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from components.context import Foundation
from components.identity import access
from components.identity.identity import Identity, IdentityArgs
from components.identity.role_assignment import RoleAssignments, Scope
from components.identity.wiring import grant
from components.naming import VaultPurpose
from components.security.customer_key import CustomerKey
from components.security.encryption_key import EncryptionKey, EncryptionKeyArgs, Operations
from components.security.key_vault import KeyVault, KeyVaultArgs


@dataclass(frozen=True, kw_only=True)
class Purpose:
    """What one key is for. `identity`: an identity of the platform that uses it; None: one is made for the key."""

    operations: Operations = "wrap"
    # ITSP.40.111 of the Canadian Centre for Cyber Security: RSA of 2048 bits until 2030, 3072 bits afterwards.
    size: int = 3072
    identity: str | None = None


PURPOSES: Mapping[str, Purpose] = MappingProxyType(
    {
        "storage": Purpose(),
        "registry": Purpose(),
        "machine-learning": Purpose(),
        "cluster-disks": Purpose(),
        "cluster-etcd": Purpose(operations="encrypt", identity="control-plane"),
        "data-factory": Purpose(),
        "event-hubs": Purpose(),
        # Azure AI services take keys of 2048 bits and no others (ai-services/encryption articles, 2026-11).
        "ai": Purpose(size=2048),
        "search": Purpose(),
    }
)


@dataclass(frozen=True, kw_only=True)
class Security:
    """`vault` holds secrets of workloads; `keys_vault` holds keys and is None where none are ours."""

    vault: KeyVault
    keys_vault: KeyVault | None = None
    customer_keys: Mapping[str, CustomerKey] = field(default_factory=dict)


def build(foundation: Foundation) -> Security:
    """The vaults, and the keys with whoever may use them."""
    vault = _vault(foundation, "vault", "secrets")
    if not foundation.settings.key_vault.customer_keys:
        return Security(vault=vault)
    keys_vault = _vault(foundation, "keys", "keys")
    return Security(vault=vault, keys_vault=keys_vault, customer_keys=_customer_keys(foundation, keys_vault))


def _vault(foundation: Foundation, name: str, purpose: VaultPurpose) -> KeyVault:
    wanted = foundation.settings.key_vault
    args = KeyVaultArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("security"),
        purpose=purpose,
        tenant_id=foundation.tenant_id,
        sku=wanted.sku,
        soft_delete_days=wanted.soft_delete_days,
        access=foundation.access,
        log_workspace_id=foundation.log_workspace_id,
    )
    return KeyVault(f"{foundation.prefix}-{name}", args, foundation.child)


def _customer_keys(foundation: Foundation, vault: KeyVault) -> dict[str, CustomerKey]:
    keys = {name: encryption_key(foundation, vault, name, purpose) for name, purpose in PURPOSES.items()}
    users = {name: _user(foundation, name, purpose) for name, purpose in PURPOSES.items()}
    ready = _roles(foundation, vault, keys, users)
    return {
        name: CustomerKey(
            vault_id=vault.vault_id,
            vault_uri=vault.vault_uri,
            key_id=key.key_id,
            key_name=name,
            key_uri=key.key_uri,
            key_version_uri=key.key_version_uri,
            identity=users[name],
            ready=(ready,),
        )
        for name, key in keys.items()
    }


def encryption_key(foundation: Foundation, vault: KeyVault, name: str, purpose: Purpose) -> EncryptionKey:
    """One key; in an HSM where the vault has one."""
    wanted = foundation.settings.key_vault
    args = EncryptionKeyArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("security"),
        vault_name=vault.vault_name,
        purpose=name,
        operations=purpose.operations,
        hsm=wanted.sku == "premium",
        size=purpose.size,
        rotation_days=wanted.key_rotation_days,
    )
    return EncryptionKey(f"{foundation.prefix}-key-{name}", args, foundation.child)


def _user(foundation: Foundation, name: str, purpose: Purpose) -> Identity:
    if purpose.identity is not None:
        return foundation.identities[purpose.identity]
    args = IdentityArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("security"),
        purpose=f"encryption-{name}",
    )
    return Identity(f"{foundation.prefix}-encryption-{name}", args, foundation.child)


def _roles(
    foundation: Foundation, vault: KeyVault, keys: Mapping[str, EncryptionKey], users: Mapping[str, Identity]
) -> RoleAssignments:
    wrapping = {name: (users[name], key.key_id) for name, key in keys.items() if PURPOSES[name].operations == "wrap"}
    etcd = access.etcd_encryption(
        users["cluster-etcd"], keys["cluster-etcd"].key_id, Scope(name="keys-vault", id=vault.vault_id)
    )
    return grant(foundation, "key-roles", (*access.encryption_identities(wrapping), *etcd))
