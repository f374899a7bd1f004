"""From settings to what holds data: registry, storage, lake."""

from __future__ import annotations

from dataclasses import dataclass

from components.context import Foundation
from components.data.container_registry import ContainerRegistry, ContainerRegistryArgs
from components.data.data_lake import DataLake, DataLakeArgs
from components.data.storage_account import StorageAccount, StorageAccountArgs
from components.identity.access import DataScopes
from components.identity.role_assignment import Scope
from components.security.key_vault import KeyVault


@dataclass(frozen=True, kw_only=True)
class Data:
    """The resources that hold data. `vault` holds secrets, and is here because roles treat it alike."""

    vault: KeyVault
    registry: ContainerRegistry
    storage: StorageAccount
    lake: DataLake


def build(foundation: Foundation, vault: KeyVault) -> Data:
    """Registry, storage and lake."""
    return Data(vault=vault, registry=_registry(foundation), storage=_storage(foundation), lake=_lake(foundation))


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
    wanted = foundation.settings.registry
    args = ContainerRegistryArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("data"),
        zone_redundancy=wanted.zone_redundancy,
        untagged_retention_days=wanted.untagged_retention_days,
        access=foundation.access,
        log_workspace_id=foundation.log_workspace_id,
    )
    return ContainerRegistry(f"{foundation.prefix}-registry", args, foundation.child)


def _storage(foundation: Foundation) -> StorageAccount:
    wanted = foundation.settings.storage
    args = StorageAccountArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("data"),
        replication=wanted.replication,
        soft_delete_days=wanted.soft_delete_days,
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
        soft_delete_days=wanted.soft_delete_days,
        file_systems=wanted.lake_containers,
        access=foundation.access,
        log_workspace_id=foundation.log_workspace_id,
    )
    return DataLake(f"{foundation.prefix}-lake", args, foundation.child)
