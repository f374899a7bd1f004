"""From settings to keys and secrets.

A service that can take a key of ours asks `foundation.customer_keys.get("<purpose>")`: a `CustomerKey`, or None where
the settings leave it to Microsoft's keys. Purposes are in `PURPOSES`, each with the settings that use it: a key that
nothing uses costs as much as another, and its identity is one more to review. Whoever uses
a key must wait for `key.ready` (`depends_on`), which holds the role of `key.identity` at that key: then one `up` is
enough, although the vault is closed to the internet from its first second. Azure lets its own services through
(`bypass`), keys are made through Azure Resource Manager, and identities exist before what they encrypt.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from components.context import Foundation
from components.identity import access
from components.identity.identity import Identity, IdentityArgs
from components.identity.role_assignment import RoleAssignments, Scope
from components.identity.wiring import grant
from components.naming import VaultPurpose
from components.observability.alert import Severity
from components.security.customer_key import CustomerKey
from components.security.encryption_key import EncryptionKey, EncryptionKeyArgs, Operations
from components.security.expiry_events import ExpiryEvents, ExpiryEventsArgs
from components.security.key_vault import KeyVault, KeyVaultArgs
from components.security.managed_hsm import ManagedHsm, ManagedHsmArgs
from stacks.classification import chosen
from stacks.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Purpose:
    """What one key is for, and who uses it: an identity of the platform, that of another purpose, or one of its own.

    `used`: whether something of a stack with keys of ours is encrypted with it.
    """

    operations: Operations = "wrap"
    # ITSP.40.111 of the Canadian Centre for Cyber Security: RSA of 2048 bits until 2030, 3072 bits afterwards.
    size: int = 3072
    identity: str | None = None
    same_user_as: str | None = None
    used: Callable[[Settings], bool] = lambda _settings: True


def _disks(settings: Settings) -> bool:
    return chosen(settings.cluster.encryption.disk_customer_key, settings.demands.customer_keys)


def _etcd(settings: Settings) -> bool:
    return chosen(settings.cluster.encryption.etcd_customer_key, settings.demands.etcd_key)


def _event_hubs(settings: Settings) -> bool:
    # Standard takes none; a check of the settings refuses it where the classification demands one.
    return settings.event_streams is not None and settings.event_streams.sku == "Premium"


def _ai(settings: Settings) -> bool:
    accounts = {} if settings.generative_ai is None else settings.generative_ai.accounts
    return any(chosen(account.customer_key, True) for account in accounts.values())


def _search(settings: Settings) -> bool:
    return settings.generative_ai is not None and settings.generative_ai.search is not None


PURPOSES: Mapping[str, Purpose] = MappingProxyType(
    {
        "storage": Purpose(),
        "registry": Purpose(used=lambda settings: chosen(settings.registry.customer_key, True)),
        "machine-learning": Purpose(used=lambda settings: chosen(settings.machine_learning.customer_key, True)),
        "cluster-disks": Purpose(used=_disks),
        "cluster-etcd": Purpose(operations="encrypt", identity="control-plane", used=_etcd),
        "data-factory": Purpose(used=lambda settings: settings.data_factory is not None),
        "event-hubs": Purpose(used=_event_hubs),
        # Azure AI services take keys of 2048 bits and no others (ai-services/encryption articles, 2026-11).
        "ai": Purpose(size=2048, used=_ai),
        "search": Purpose(used=_search),
    }
)

DATABRICKS_KEY = "databricks"
"""Used by Microsoft's own application and by an identity that Databricks makes, so it is no `CustomerKey`."""


@dataclass(frozen=True, kw_only=True)
class Security:
    """`vault` holds secrets of workloads; `keys_vault` holds keys and is None where none are ours.

    `service_keys`: keys that a service uses by identities of its own, by purpose.
    """

    vault: KeyVault
    keys_vault: KeyVault | None = None
    customer_keys: Mapping[str, CustomerKey] = field(default_factory=dict)
    service_keys: Mapping[str, EncryptionKey] = field(default_factory=dict)

    @property
    def keys_scope(self) -> Scope | None:
        """The vault of keys, as a scope of roles."""
        return None if self.keys_vault is None else Scope(name="keys-vault", id=self.keys_vault.vault_id)


def build(foundation: Foundation) -> Security:
    """The vaults, and the keys with whoever may use them."""
    vault = _vault(foundation, "vault", "secrets")
    _managed_hsm(foundation)
    settings = foundation.settings
    if not chosen(settings.key_vault.customer_keys, settings.demands.customer_keys):
        return Security(vault=vault)
    keys_vault = _vault(foundation, "keys", "keys")
    keys = _customer_keys(foundation, keys_vault)
    return Security(
        vault=vault, keys_vault=keys_vault, customer_keys=keys, service_keys=_service_keys(foundation, keys_vault)
    )


def _service_keys(foundation: Foundation, vault: KeyVault) -> dict[str, EncryptionKey]:
    if foundation.settings.databricks is None:
        return {}
    return {DATABRICKS_KEY: encryption_key(foundation, vault, DATABRICKS_KEY, Purpose())}


def _managed_hsm(foundation: Foundation) -> None:
    wanted = foundation.settings.key_vault.managed_hsm
    if wanted is None:
        return
    args = ManagedHsmArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("security"),
        tenant_id=foundation.tenant_id,
        administrators=wanted.administrators,
        soft_delete_days=wanted.soft_delete_days,
        access=foundation.access,
        log_workspace_id=foundation.log_workspace_id,
    )
    ManagedHsm(f"{foundation.prefix}-hsm", args, foundation.child)


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
    made = KeyVault(f"{foundation.prefix}-{name}", args, foundation.child)
    _expiry_events(foundation, f"{foundation.prefix}-{name}-expiry", purpose, made)
    return made


def _expiry_events(foundation: Foundation, name: str, purpose: VaultPurpose, vault: KeyVault) -> None:
    args = ExpiryEventsArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("security"),
        purpose=purpose,
        vault_id=vault.vault_id,
        action_group_ids=(foundation.observability.action_group_ids[Severity.WARNING],),
        severity="Sev2",
        log_workspace_id=foundation.log_workspace_id,
    )
    ExpiryEvents(name, args, foundation.child)


def _customer_keys(foundation: Foundation, vault: KeyVault) -> dict[str, CustomerKey]:
    purposes = _purposes(foundation)
    keys = {name: encryption_key(foundation, vault, name, purpose) for name, purpose in purposes.items()}
    users = _users(foundation, purposes)
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


def _purposes(foundation: Foundation) -> dict[str, Purpose]:
    """The fixed ones that are used, and one for each file system with a key of its own, which the account reads."""
    settings = foundation.settings
    own = settings.storage.own_key_containers
    fixed = {name: purpose for name, purpose in PURPOSES.items() if purpose.used(settings)}
    return {**fixed, **{lake_key(container): Purpose(same_user_as="storage") for container in own}}


def lake_key(container: str) -> str:
    """The purpose of the key of one file system."""
    return f"lake-{container}"


def _users(foundation: Foundation, purposes: Mapping[str, Purpose]) -> dict[str, Identity]:
    own = {name: _user(foundation, name, it) for name, it in purposes.items() if it.same_user_as is None}
    return {name: own[name if it.same_user_as is None else it.same_user_as] for name, it in purposes.items()}


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
    wrapping = {name: (users[name], key.key_id) for name, key in keys.items() if name != "cluster-etcd"}
    grants = access.encryption_identities(wrapping)
    if (etcd := keys.get("cluster-etcd")) is not None:
        scope = Scope(name="keys-vault", id=vault.vault_id)
        grants += access.etcd_encryption(users["cluster-etcd"], etcd.key_id, scope)
    return grant(foundation, "key-roles", grants)
