"""Cluster backup: daily backups of the cluster's objects and volumes, and the roles that they need.

Owns the backup vault, its policy, the extension in the cluster, the vault's way into the cluster (trusted access) and
the backup instance. Does not own the store of the extension (`components.continuity.backup_store`) or the resource
group of the snapshots. Objects that come from Git or from Pulumi need no backup; volumes and secrets do.

Roles as Azure asks for them: azure-cli-extensions `dataprotection` manifest of AzureKubernetesService and its
`k8s-extension` DataProtectionKubernetes (read 2026-11-25).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_azure_native import containerservice as aks
from pulumi_azure_native import dataprotection
from pulumi_azure_native import kubernetesconfiguration as extensions

from components import naming
from components.continuity import backup_alert, backup_policy
from components.continuity.backup_policy import Retention
from components.continuity.backup_store import CONTAINER
from components.identity.role_assignment import Grant, Principal, RoleAssignments, RoleAssignmentsArgs, Scope
from components.observability.diagnostic_setting import send_diagnostics
from components.options import stateful
from components.placement import Placement
from components.problems import refuse

CLUSTER_TYPE = "Microsoft.ContainerService/managedClusters"
OPERATOR_ROLE = "Microsoft.DataProtection/backupVaults/backup-operator"


@dataclass(frozen=True, kw_only=True)
class Vault:
    """How the vault keeps copies. `redundancy` is fixed with the first backup, `immutability` Locked for ever."""

    redundancy: Literal["LocallyRedundant", "ZoneRedundant", "GeoRedundant"]
    immutability: Literal["Disabled", "Unlocked", "Locked"]


@dataclass(frozen=True, kw_only=True)
class Store:
    """The storage account of the extension."""

    account: Scope
    account_name: Input[str]
    resource_group_name: Input[str]
    blob_endpoint: Input[str]
    subscription_id: Input[str]
    tenant_id: Input[str]


@dataclass(frozen=True, kw_only=True)
class ProtectedCluster:
    """The cluster, and who its control plane is: it makes the snapshots. `ready`: pools that run the extension."""

    scope: Scope
    name: Input[str]
    resource_group_name: Input[str]
    control_plane: Principal
    excluded_namespaces: tuple[str, ...]
    ready: Sequence[Resource]


@dataclass(frozen=True, kw_only=True)
class ClusterBackupArgs:
    """`snapshots`: the resource group of volume snapshots. `namespace` as for role assignments.

    `action_group_id`: who is told when a backup fails.
    """

    placement: Placement
    resource_group_name: Input[str]
    snapshots: Scope
    cluster: ProtectedCluster
    store: Store
    vault: Vault
    retention: Retention
    namespace: str
    action_group_id: Input[str]
    log_workspace_id: Input[str]


def problems(args: ClusterBackupArgs) -> list[str]:
    """Every reason why Azure Backup would refuse the backups."""
    return backup_policy.problems(args.retention)


class ClusterBackup(ComponentResource):
    """Vault, policy, extension, roles, instance, and who is told of failures."""

    vault_id: Output[str]

    def __init__(self, name: str, args: ClusterBackupArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:cluster_backup:ClusterBackup", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self)
        vault = _vault(f"{name}-bvault", args, stateful(self, args.placement))
        policy = backup_policy.policy(f"{name}-policy", vault.name, args.resource_group_name, args.retention, child)
        access = _trusted_access(f"{name}-access", args, vault.id, child)
        ready = ResourceOptions(parent=self, depends_on=[access, *args.cluster.ready])
        extension = _extension(f"{name}-ext", args, ready)
        roles = _roles(f"{name}-roles", args, vault, extension, child)
        # It checks every role and the extension, and fails where one is missing.
        waits = ResourceOptions(parent=self, depends_on=[access, extension, roles])
        _instance(f"{name}-instance", args, vault.name, policy.id, waits)
        send_diagnostics(
            f"{name}-diag", vault.id, "Microsoft.DataProtection/backupVaults", args.log_workspace_id, child
        )
        backup_alert.tell_of_failures(
            f"{name}-told", args.placement, args.resource_group_name, vault.id, args.action_group_id, child
        )
        self.vault_id = vault.id
        self.register_outputs({"vault_id": self.vault_id})


def _vault(name: str, args: ClusterBackupArgs, opts: ResourceOptions) -> dataprotection.BackupVault:
    return dataprotection.BackupVault(
        name,
        vault_name=naming.named("bvault", args.placement),
        resource_group_name=args.resource_group_name,
        location=args.placement.region,
        identity=dataprotection.DppIdentityDetailsArgs(type="SystemAssigned"),
        properties=dataprotection.BackupVaultArgs(
            storage_settings=[
                dataprotection.StorageSettingArgs(datastore_type="VaultStore", type=args.vault.redundancy)
            ],
            security_settings=dataprotection.SecuritySettingsArgs(
                soft_delete_settings=dataprotection.SoftDeleteSettingsArgs(state="On", retention_duration_in_days=14),
                immutability_settings=dataprotection.ImmutabilitySettingsArgs(state=args.vault.immutability),
            ),
            feature_settings=_features(args.vault),
            monitoring_settings=dataprotection.MonitoringSettingsArgs(
                azure_monitor_alert_settings=dataprotection.AzureMonitorAlertSettingsArgs(
                    alerts_for_all_job_failures="Enabled"
                )
            ),
        ),
        tags=args.placement.tags,
        opts=opts,
    )


def _features(vault: Vault) -> dataprotection.FeatureSettingsArgs | None:
    """Copies in the paired region are of use only where they can be restored there; once on, it stays on."""
    if vault.redundancy != "GeoRedundant":
        return None
    return dataprotection.FeatureSettingsArgs(
        cross_region_restore_settings=dataprotection.CrossRegionRestoreSettingsArgs(state="Enabled")
    )


def _trusted_access(
    name: str, args: ClusterBackupArgs, vault_id: Input[str], opts: ResourceOptions
) -> aks.TrustedAccessRoleBinding:
    return aks.TrustedAccessRoleBinding(
        name,
        trusted_access_role_binding_name="backup",
        resource_name_=args.cluster.name,
        resource_group_name=args.cluster.resource_group_name,
        source_resource_id=vault_id,
        roles=[OPERATOR_ROLE],
        opts=opts,
    )


def _extension(name: str, args: ClusterBackupArgs, opts: ResourceOptions) -> extensions.Extension:
    store, location = args.store, "configuration.backupStorageLocation"
    return extensions.Extension(
        name,
        extension_name="azure-aks-backup",
        extension_type="microsoft.dataprotection.kubernetes",
        cluster_rp="Microsoft.ContainerService",
        cluster_resource_name="managedClusters",
        cluster_name=args.cluster.name,
        resource_group_name=args.cluster.resource_group_name,
        auto_upgrade_minor_version=True,
        release_train="stable",
        scope=extensions.ScopeArgs(cluster=extensions.ScopeClusterArgs(release_namespace="dataprotection-microsoft")),
        configuration_settings={
            f"{location}.bucket": CONTAINER,
            f"{location}.config.storageAccount": store.account_name,
            f"{location}.config.resourceGroup": store.resource_group_name,
            f"{location}.config.subscriptionId": store.subscription_id,
            f"{location}.config.storageAccountURI": store.blob_endpoint,
            # By its identity: the account takes no keys.
            f"{location}.config.useAAD": "true",
            "credentials.tenantId": store.tenant_id,
        },
        opts=opts,
    )


def _roles(
    name: str,
    args: ClusterBackupArgs,
    vault: dataprotection.BackupVault,
    extension: extensions.Extension,
    opts: ResourceOptions,
) -> RoleAssignments:
    backup = Principal(name="backup-vault", id=vault.identity.principal_id, type="ServicePrincipal")
    inside = Principal(
        name="backup-extension", id=extension.aks_assigned_identity.principal_id, type="ServicePrincipal"
    )
    grants = [
        Grant(principal=backup, role="Reader", scope=args.cluster.scope),
        Grant(principal=backup, role="Reader", scope=args.snapshots),
        Grant(principal=inside, role="Storage Blob Data Contributor", scope=args.store.account),
        # Bounded: nothing but snapshots is in that group. Azure Backup takes no smaller role.
        Grant(principal=args.cluster.control_plane, role="Contributor", scope=args.snapshots),
    ]
    if args.retention.vault_days is not None:
        # It reads snapshots and the store to copy them into the vault.
        grants += [
            Grant(principal=backup, role="Disk Snapshot Contributor", scope=args.snapshots),
            Grant(principal=backup, role="Data Operator for Managed Disks", scope=args.snapshots),
            Grant(principal=backup, role="Storage Blob Data Reader", scope=args.store.account),
        ]
    return RoleAssignments(name, RoleAssignmentsArgs(namespace=args.namespace, grants=tuple(grants)), opts)


def _instance(
    name: str, args: ClusterBackupArgs, vault_name: Input[str], policy_id: Input[str], opts: ResourceOptions
) -> dataprotection.BackupInstance:
    cluster, friendly = args.cluster, naming.named("aks", args.placement)
    contents = backup_policy.parameters(args.snapshots.id, cluster.excluded_namespaces)
    source = {
        "resource_id": cluster.scope.id,
        "resource_name": friendly,
        "resource_type": CLUSTER_TYPE,
        "resource_uri": cluster.scope.id,
        "resource_location": args.placement.region,
        "datasource_type": CLUSTER_TYPE,
    }
    return dataprotection.BackupInstance(
        name,
        backup_instance_name=friendly,
        vault_name=vault_name,
        resource_group_name=args.resource_group_name,
        properties=dataprotection.BackupInstanceArgs(
            object_type="BackupInstance",
            friendly_name=friendly,
            data_source_info=dataprotection.DatasourceArgs(object_type="Datasource", **source),
            data_source_set_info=dataprotection.DatasourceSetArgs(object_type="DatasourceSet", **source),
            policy_info=dataprotection.PolicyInfoArgs(policy_id=policy_id, policy_parameters=contents),
        ),
        tags=args.placement.tags,
        opts=opts,
    )
