"""From settings to what holds data: registry, storage, lake."""

from __future__ import annotations

from dataclasses import dataclass

from components import naming
from components.context import Foundation
from components.data.blob_protection import BlobProtection, Lifecycle
from components.data.container_registry import BuildPool, ContainerRegistry, ContainerRegistryArgs, Replica
from components.data.data_lake import DataLake, DataLakeArgs
from components.data.registry_cache import CacheRule, RegistryCache, RegistryCacheArgs
from components.data.storage_account import DefenderForStorage, StorageAccount, StorageAccountArgs
from components.identity.access import DataScopes
from components.identity.role_assignment import Scope
from components.security.key_vault import KeyVault
from components.security.wiring import lake_key
from facts.regions import region
from stacks.sections.data import DefenderForStorageSettings, StorageSettings


@dataclass(frozen=True, kw_only=True)
class Data:
    """The resources that hold data. `vault` holds secrets, and is here because roles treat it alike."""

    vault: KeyVault
    registry: ContainerRegistry
    storage: StorageAccount
    lake: DataLake


def build(foundation: Foundation, vault: KeyVault) -> Data:
    """Registry with its cache, storage and lake."""
    registry = _registry(foundation)
    _cache(foundation, registry, vault)
    return Data(vault=vault, registry=registry, storage=_storage(foundation), lake=_lake(foundation))


def scopes(foundation: Foundation, data: Data) -> DataScopes:
    """The same, as scopes of roles."""
    return DataScopes(
        vault=Scope(name="vault", id=data.vault.vault_id),
        storage=Scope(name="storage", id=data.storage.account_id),
        lake=Scope(name="lake", id=data.lake.account_id),
        registry=Scope(name="registry", id=data.registry.registry_id),
        insights=Scope(name="insights", id=foundation.observability.application_insights_id),
        security_group=foundation.group_scope("security"),
        data_group=foundation.group_scope("data"),
        ml_group=foundation.group_scope("ml"),
    )


def _registry(foundation: Foundation) -> ContainerRegistry:
    wanted, pool = foundation.settings.registry, foundation.settings.registry.build_pool
    args = ContainerRegistryArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("data"),
        zone_redundancy=wanted.zone_redundancy,
        untagged_retention_days=wanted.untagged_retention_days,
        quarantine=wanted.quarantine,
        # A copy is spread over zones wherever its region has some: it costs nothing more.
        replicas=tuple(
            Replica(region=each.value, zone_redundancy=bool(region(each).zones)) for each in wanted.replicas
        ),
        build_pool=None
        if pool is None
        else BuildPool(tier=pool.tier, count=pool.count, subnet_id=foundation.network.subnet_ids["runners"]),
        customer_key=foundation.customer_keys.get("registry"),
        access=foundation.access,
        log_workspace_id=foundation.log_workspace_id,
    )
    return ContainerRegistry(f"{foundation.prefix}-registry", args, foundation.child)


def _cache(foundation: Foundation, registry: ContainerRegistry, vault: KeyVault) -> None:
    rules = foundation.settings.registry.cache_rules
    if not rules:
        return
    args = RegistryCacheArgs(
        resource_group_name=foundation.group_name("data"),
        registry_name=registry.registry_name,
        rules={
            name: CacheRule(source=rule.source, target=rule.target, signed_in=rule.signed_in)
            for name, rule in rules.items()
        },
        vault_uri=vault.vault_uri,
        vault=Scope(name="vault", id=vault.vault_id),
        namespace=naming.stem(foundation.placement),
    )
    RegistryCache(f"{foundation.prefix}-cache", args, foundation.child)


def _protection(wanted: StorageSettings) -> BlobProtection:
    tiers = wanted.lifecycle
    return BlobProtection(
        soft_delete_days=wanted.soft_delete_days,
        restore_days=wanted.restore_days,
        change_feed_days=wanted.change_feed_days,
        lifecycle=Lifecycle(
            cool_after_days=tiers.cool_after_days,
            cold_after_days=tiers.cold_after_days,
            archive_after_days=tiers.archive_after_days,
        ),
    )


def _defender(wanted: DefenderForStorageSettings | None) -> DefenderForStorage | None:
    if wanted is None:
        return None
    return DefenderForStorage(
        malware_scan_gib=wanted.malware_scan_gib_per_month, find_sensitive_data=wanted.find_sensitive_data
    )


def _storage(foundation: Foundation) -> StorageAccount:
    wanted = foundation.settings.storage
    args = StorageAccountArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("data"),
        replication=wanted.replication,
        protection=_protection(wanted),
        customer_key=foundation.customer_keys.get("storage"),
        defender=_defender(wanted.defender),
        access=foundation.access,
        log_workspace_id=foundation.log_workspace_id,
    )
    return StorageAccount(f"{foundation.prefix}-storage", args, foundation.child)


def _lake(foundation: Foundation) -> DataLake:
    wanted = foundation.settings.storage
    args = DataLakeArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("data"),
        replication=wanted.replication,
        protection=_protection(wanted),
        customer_key=foundation.customer_keys.get("storage"),
        defender=_defender(wanted.defender),
        file_systems=(*wanted.lake_containers, *wanted.retired_lake_containers),
        immutable_days=wanted.immutable_days,
        own_keys={name: foundation.customer_keys[lake_key(name)] for name in wanted.own_key_containers},
        access=foundation.access,
        log_workspace_id=foundation.log_workspace_id,
    )
    return DataLake(f"{foundation.prefix}-lake", args, foundation.child)
