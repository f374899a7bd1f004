"""Parts of an AKS cluster that protect it: who signs in, the way to the API server, encryption, Defender.

Owns choices and their reasons. `components.aks.cluster` puts them together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pulumi import Input, Resource
from pulumi_azure_native import containerservice as aks

from components.identity.identity import Identity
from components.security.customer_key import CustomerKey


@dataclass(frozen=True, kw_only=True)
class ClusterAccess:
    """Who the cluster is and who administers it. `ready`: what must exist first, the identities' role assignments."""

    control_plane: Identity
    kubelet: Identity
    tenant_id: Input[str]
    admin_group_id: str
    ready: Sequence[Resource]


@dataclass(frozen=True, kw_only=True)
class ApiServer:
    """`subnet_id` None: a private endpoint instead of VNet integration. `private_dns_zone`: `system`, or an id."""

    subnet_id: Input[str] | None
    private_dns_zone: Input[str]


@dataclass(frozen=True, kw_only=True)
class ClusterProtection:
    """`etcd_key` and `disk_encryption_set_id` None: Microsoft's keys."""

    etcd_key: CustomerKey | None
    disk_encryption_set_id: Input[str] | None
    image_cleaner_hours: int
    log_workspace_id: Input[str]


def problems(api_server: ApiServer, protection: ClusterProtection) -> list[str]:
    """What AKS refuses together (azure-aks-docs use-kms-etcd-encryption.md, 2026-08)."""
    if protection.etcd_key is not None and api_server.subnet_id is None:
        return ["etcd has a key of a private vault, which only an API server inside the network (integration) reaches"]
    return []


def entra(access: ClusterAccess) -> aks.ManagedClusterAADProfileArgs:
    """Sign-in through Entra, rights through Azure roles; the admin group is the way in when roles are wrong."""
    return aks.ManagedClusterAADProfileArgs(
        managed=True,
        enable_azure_rbac=True,
        tenant_id=access.tenant_id,
        admin_group_object_ids=[access.admin_group_id],
    )


def control_plane_identity(access: ClusterAccess) -> aks.ManagedClusterIdentityArgs:
    """Ours: its roles exist before the cluster does."""
    return aks.ManagedClusterIdentityArgs(
        type=aks.ResourceIdentityType.USER_ASSIGNED, user_assigned_identities=[access.control_plane.identity_id]
    )


def kubelet_identity(kubelet: Identity) -> aks.UserAssignedIdentityArgs:
    """Who nodes are when they pull images."""
    return aks.UserAssignedIdentityArgs(
        resource_id=kubelet.identity_id, client_id=kubelet.client_id, object_id=kubelet.principal_id
    )


def api_server_access(api_server: ApiServer) -> aks.ManagedClusterAPIServerAccessProfileArgs:
    """No public name, and no way round the network."""
    return aks.ManagedClusterAPIServerAccessProfileArgs(
        enable_private_cluster=True,
        enable_private_cluster_public_fqdn=False,
        # Left out rather than false: once on it stays on, and AKS refuses a false.
        enable_vnet_integration=None if api_server.subnet_id is None else True,
        subnet_id=api_server.subnet_id,
        private_dns_zone=api_server.private_dns_zone,
        # It would run commands as cluster admin for whoever may call ARM, past the private network.
        disable_run_command=True,
    )


def security_profile(protection: ClusterProtection) -> aks.ManagedClusterSecurityProfileArgs:
    """Workload identity, Defender, removal of images that nothing uses, and a key of ours for Kubernetes' secrets."""
    return aks.ManagedClusterSecurityProfileArgs(
        workload_identity=aks.ManagedClusterSecurityProfileWorkloadIdentityArgs(enabled=True),
        defender=aks.ManagedClusterSecurityProfileDefenderArgs(
            log_analytics_workspace_resource_id=protection.log_workspace_id,
            security_monitoring=aks.ManagedClusterSecurityProfileDefenderSecurityMonitoringArgs(enabled=True),
        ),
        image_cleaner=aks.ManagedClusterSecurityProfileImageCleanerArgs(
            enabled=True, interval_hours=protection.image_cleaner_hours
        ),
        azure_key_vault_kms=None if protection.etcd_key is None else _kms(protection.etcd_key),
    )


def _kms(key: CustomerKey) -> aks.AzureKeyVaultKmsArgs:
    """AKS takes a version of the key and stays on it: the runbook rotate-etcd-key moves it to the next one."""
    return aks.AzureKeyVaultKmsArgs(
        enabled=True,
        key_id=key.key_version_uri,
        key_vault_network_access="Private",
        key_vault_resource_id=key.vault_id,
    )
