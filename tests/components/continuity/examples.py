"""Examples of backups."""

from __future__ import annotations

from dataclasses import replace

from components.continuity.backup_policy import Retention
from components.continuity.cluster_backup import ClusterBackupArgs, ProtectedCluster, Store, Vault
from components.identity.access import of_identity
from components.identity.role_assignment import Scope
from tests.components.examples import LOGS, PLACEMENT, STORAGE, an_identity, something

RETENTION = Retention(start="03:00", snapshot_days=14, vault_days=365)
STORE = replace(STORAGE, protection=replace(STORAGE.protection, restore_days=None))


def cluster_backup() -> ClusterBackupArgs:
    """To be made inside a recorded program."""
    return ClusterBackupArgs(
        placement=PLACEMENT,
        resource_group_name="rg-data",
        snapshots=Scope(name="rg-snapshots", id="/snapshots"),
        cluster=ProtectedCluster(
            scope=Scope(name="cluster", id="/cluster"),
            name="a-cluster",
            resource_group_name="rg-cluster",
            control_plane=of_identity(an_identity("control-plane")),
            excluded_namespaces=("gpu-operator",),
            ready=(something(),),
        ),
        store=Store(
            account=Scope(name="backup-store", id="/store"),
            account_name="astore",
            resource_group_name="rg-data",
            blob_endpoint="https://astore.example/",
            subscription_id="a-subscription",
            tenant_id="a-tenant",
        ),
        vault=Vault(redundancy="GeoRedundant", immutability="Unlocked"),
        retention=RETENTION,
        namespace="mlops-dev-cnc",
        action_group_id="/routine",
        log_workspace_id=LOGS,
    )
