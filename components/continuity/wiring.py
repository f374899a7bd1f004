"""From settings to backups."""

from __future__ import annotations

from components import naming
from components.aks.wiring import Aks
from components.context import Foundation
from components.continuity import backup_alert
from components.continuity.backup_policy import Retention
from components.continuity.backup_store import BackupStore
from components.continuity.cluster_backup import ClusterBackup, ClusterBackupArgs, ProtectedCluster, Store, Vault
from components.data.blob_protection import BlobProtection, Lifecycle
from components.data.storage_account import StorageAccountArgs
from components.identity.access import of_identity
from components.identity.role_assignment import Scope
from stacks.sections.cluster_protection import ClusterBackupSettings

KEPT_DELETED_DAYS = 14
"""Days in which a deleted backup comes back; Azure Backup's vault has the same."""
COOL_AFTER_DAYS = 30


def build(foundation: Foundation, aks: Aks) -> ClusterBackup | None:
    """Backups of the cluster; None where the stack has none."""
    wanted = foundation.settings.cluster.backup
    if wanted is None:
        return None
    store = BackupStore(f"{foundation.prefix}-backup-store", _account(foundation), foundation.child)
    args = ClusterBackupArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("data"),
        snapshots=foundation.group_scope("snapshots"),
        cluster=_cluster(foundation, aks, wanted),
        store=Store(
            account=Scope(name="backup-store", id=store.account_id),
            account_name=store.account_name,
            resource_group_name=foundation.group_name("data"),
            blob_endpoint=store.blob_endpoint,
            subscription_id=foundation.subscription_id,
            tenant_id=foundation.tenant_id,
        ),
        vault=Vault(redundancy=wanted.redundancy, immutability=wanted.immutability),
        retention=Retention(
            start=wanted.start, snapshot_days=wanted.retention_days, vault_days=wanted.vault_retention_days
        ),
        namespace=naming.stem(foundation.placement),
        action_group_id=foundation.observability.action_group_ids[backup_alert.ALERT.severity],
        log_workspace_id=foundation.log_workspace_id,
    )
    return ClusterBackup(f"{foundation.prefix}-backup", args, foundation.child)


def _cluster(foundation: Foundation, aks: Aks, wanted: ClusterBackupSettings) -> ProtectedCluster:
    return ProtectedCluster(
        scope=Scope(name="cluster", id=aks.cluster.cluster_id),
        name=aks.cluster.cluster_name,
        resource_group_name=foundation.group_name("cluster"),
        control_plane=of_identity(foundation.identities["control-plane"]),
        excluded_namespaces=wanted.excluded_namespaces,
        ready=aks.pools,
    )


def _account(foundation: Foundation) -> StorageAccountArgs:
    """As the platform's other accounts, except that backups are neither restored in place nor archived."""
    return StorageAccountArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("data"),
        replication=foundation.settings.storage.replication,
        protection=BlobProtection(
            soft_delete_days=KEPT_DELETED_DAYS,
            restore_days=None,
            change_feed_days=KEPT_DELETED_DAYS,
            lifecycle=Lifecycle(cool_after_days=COOL_AFTER_DAYS, cold_after_days=None, archive_after_days=None),
        ),
        customer_key=foundation.customer_keys.get("storage"),
        defender=None,
        access=foundation.access,
        log_workspace_id=foundation.log_workspace_id,
    )
