"""The parts of an AKS cluster that don't depend on other resources: what every cluster of the platform is like.

Owns those choices and their reasons. `components.aks.cluster` puts them together.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network

from pulumi import Input
from pulumi_azure_native import containerservice as aks

from components.aks.os_disk import os_disk_type
from stacks.types import SYSTEM_POOL_SURGE_PERCENT

SYSTEM_POOL = "system"
OS_DISK_GIB = 128


@dataclass(frozen=True, kw_only=True)
class SystemPool:
    """The pool that runs the cluster's own pods."""

    vm_size: str
    min_count: int
    max_count: int
    zones: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ClusterNetwork:
    """Ranges inside the cluster; `outbound_type` must match the subnets' egress and can't change."""

    outbound_type: str
    pods: IPv4Network
    services: IPv4Network
    dns_service_ip: IPv4Address


def system_pool(pool: SystemPool, subnet_id: Input[str]) -> aks.ManagedClusterAgentPoolProfileArgs:
    """Tainted, so that no workload competes with cluster DNS and admission."""
    return aks.ManagedClusterAgentPoolProfileArgs(
        name=SYSTEM_POOL,
        mode="System",
        type="VirtualMachineScaleSets",
        vm_size=pool.vm_size,
        os_type="Linux",
        os_sku="AzureLinux",
        os_disk_type=os_disk_type(pool.vm_size, OS_DISK_GIB),
        os_disk_size_gb=OS_DISK_GIB,
        count=pool.min_count,
        min_count=pool.min_count,
        max_count=pool.max_count,
        enable_auto_scaling=True,
        enable_node_public_ip=False,
        availability_zones=list(pool.zones) if pool.zones else None,
        node_taints=["CriticalAddonsOnly=true:NoSchedule"],
        vnet_subnet_id=subnet_id,
        upgrade_settings=aks.AgentPoolUpgradeSettingsArgs(max_surge=f"{SYSTEM_POOL_SURGE_PERCENT}%"),
    )


def network_profile(network: ClusterNetwork) -> aks.ContainerServiceNetworkProfileArgs:
    """Overlay: pods take no address of the VNet. Cilium: network policies in the kernel, without a proxy."""
    return aks.ContainerServiceNetworkProfileArgs(
        network_plugin="azure",
        network_plugin_mode="overlay",
        network_dataplane="cilium",
        network_policy="cilium",
        load_balancer_sku="standard",
        outbound_type=network.outbound_type,
        pod_cidr=str(network.pods),
        service_cidr=str(network.services),
        dns_service_ip=str(network.dns_service_ip),
    )


def security_profile(log_workspace_id: Input[str]) -> aks.ManagedClusterSecurityProfileArgs:
    """Workload identity, Defender, and a weekly removal of images that nothing uses."""
    return aks.ManagedClusterSecurityProfileArgs(
        workload_identity=aks.ManagedClusterSecurityProfileWorkloadIdentityArgs(enabled=True),
        defender=aks.ManagedClusterSecurityProfileDefenderArgs(
            log_analytics_workspace_resource_id=log_workspace_id,
            security_monitoring=aks.ManagedClusterSecurityProfileDefenderSecurityMonitoringArgs(enabled=True),
        ),
        image_cleaner=aks.ManagedClusterSecurityProfileImageCleanerArgs(enabled=True, interval_hours=168),
    )


def auto_scaler_profile() -> aks.ManagedClusterPropertiesAutoScalerProfileArgs:
    """One profile for every pool: GPU nodes dominate the bill, so idle ones go after ten minutes."""
    return aks.ManagedClusterPropertiesAutoScalerProfileArgs(
        # The pool that wastes least: a small job never starts an H100 when a T4 will do.
        expander="least-waste",
        scale_down_unneeded_time="10m",
        scale_down_delay_after_add="10m",
        # Training pods keep scratch files on the node; with the default they would pin it for ever.
        skip_nodes_with_local_storage="false",
    )


def addons() -> dict[str, aks.ManagedClusterAddonProfileArgs]:
    """Admission policy from Azure Policy, and vault secrets as files that follow a rotation within two minutes."""
    return {
        "azurepolicy": aks.ManagedClusterAddonProfileArgs(enabled=True),
        "azureKeyvaultSecretsProvider": aks.ManagedClusterAddonProfileArgs(
            enabled=True, config={"enableSecretRotation": "true", "rotationPollInterval": "2m"}
        ),
    }


def storage_profile() -> aks.ManagedClusterStorageProfileArgs:
    """Blob: the lake can be mounted. Disk: cost analysis reads it."""
    return aks.ManagedClusterStorageProfileArgs(
        disk_csi_driver=aks.ManagedClusterStorageProfileDiskCSIDriverArgs(enabled=True),
        file_csi_driver=aks.ManagedClusterStorageProfileFileCSIDriverArgs(enabled=True),
        blob_csi_driver=aks.ManagedClusterStorageProfileBlobCSIDriverArgs(enabled=True),
        snapshot_controller=aks.ManagedClusterStorageProfileSnapshotControllerArgs(enabled=True),
    )
