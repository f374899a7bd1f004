"""Parts of an AKS cluster: its system pool, network, add-ons and storage, as plain values.

Owns choices and their reasons. What protects the cluster is in `components.aks.cluster_security`, what scales it in
`components.aks.cluster_scaling`; `components.aks.cluster` puts them together.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network
from typing import Literal

from pulumi import Input
from pulumi_azure_native import containerservice as aks

from components.aks.node_pool import NODE_SECURITY
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
    encryption_at_host: bool
    fips: bool


@dataclass(frozen=True, kw_only=True)
class AdvancedNetworking:
    """Advanced Container Networking Services. `policies`: what network policies may filter by."""

    observability: bool
    policies: Literal["FQDN", "L7", "None"]


@dataclass(frozen=True, kw_only=True)
class ClusterNetwork:
    """Ranges inside the cluster; `outbound_type` must match the subnets' egress and can't change."""

    outbound_type: str
    pods: IPv4Network
    services: IPv4Network
    dns_service_ip: IPv4Address
    advanced: AdvancedNetworking | None


@dataclass(frozen=True, kw_only=True)
class ClusterMonitoring:
    """`prometheus`: metrics to the Azure Monitor workspace; `container_insights`: container logs to Log Analytics."""

    prometheus: bool
    container_insights: bool
    cost_analysis: bool


def problems(pool: SystemPool, network: ClusterNetwork) -> list[str]:
    """Every reason why AKS would refuse the pool or the ranges."""
    found = []
    if not 1 <= pool.min_count <= pool.max_count <= 1000:
        found.append(f"system pool of {pool.min_count} to {pool.max_count} nodes: needs 1 ≤ min ≤ max ≤ 1000")
    if network.pods.overlaps(network.services):
        found.append(f"pod range {network.pods} overlaps service range {network.services}")
    if network.dns_service_ip not in network.services or network.dns_service_ip == network.services[1]:
        found.append(
            f"DNS address {network.dns_service_ip} must be inside {network.services}, and not its first address, "
            "which is the API server's"
        )
    return found


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
        enable_encryption_at_host=pool.encryption_at_host,
        enable_fips=pool.fips,
        security_profile=NODE_SECURITY,
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
        advanced_networking=None if network.advanced is None else _advanced_networking(network.advanced),
    )


def _advanced_networking(advanced: AdvancedNetworking) -> aks.AdvancedNetworkingArgs:
    filters = advanced.policies != "None"
    return aks.AdvancedNetworkingArgs(
        enabled=True,
        observability=aks.AdvancedNetworkingObservabilityArgs(enabled=advanced.observability),
        security=aks.AdvancedNetworkingSecurityArgs(
            enabled=filters, advanced_network_policies=advanced.policies if filters else None
        ),
    )


def addons(
    monitoring: ClusterMonitoring, log_workspace_id: Input[str]
) -> dict[str, aks.ManagedClusterAddonProfileArgs]:
    """Admission by Azure Policy, vault secrets as files that follow a rotation in two minutes, and container logs."""
    found = {
        "azurepolicy": aks.ManagedClusterAddonProfileArgs(enabled=True),
        "azureKeyvaultSecretsProvider": aks.ManagedClusterAddonProfileArgs(
            enabled=True, config={"enableSecretRotation": "true", "rotationPollInterval": "2m"}
        ),
    }
    if monitoring.container_insights:
        found["omsagent"] = aks.ManagedClusterAddonProfileArgs(
            enabled=True,
            # Its own identity, not the workspace's key: the workspace has keys switched off.
            config={"logAnalyticsWorkspaceResourceID": log_workspace_id, "useAADAuth": "true"},
        )
    return found


def azure_monitor_profile(monitoring: ClusterMonitoring) -> aks.ManagedClusterAzureMonitorProfileArgs:
    """Managed Prometheus; where its metrics go is a data collection rule's business."""
    return aks.ManagedClusterAzureMonitorProfileArgs(
        metrics=aks.ManagedClusterAzureMonitorProfileMetricsArgs(enabled=monitoring.prometheus)
    )


def bootstrap_profile(registry_id: Input[str] | None) -> aks.ManagedClusterBootstrapProfileArgs | None:
    """Nodes start from a private registry that caches AKS's own images; None: from the internet, AKS's default."""
    if registry_id is None:
        return None
    return aks.ManagedClusterBootstrapProfileArgs(artifact_source="Cache", container_registry_id=registry_id)


def storage_profile() -> aks.ManagedClusterStorageProfileArgs:
    """Blob: the lake can be mounted. Disk: cost analysis reads it. Snapshots: backups are made of them."""
    return aks.ManagedClusterStorageProfileArgs(
        disk_csi_driver=aks.ManagedClusterStorageProfileDiskCSIDriverArgs(enabled=True),
        file_csi_driver=aks.ManagedClusterStorageProfileFileCSIDriverArgs(enabled=True),
        blob_csi_driver=aks.ManagedClusterStorageProfileBlobCSIDriverArgs(enabled=True),
        snapshot_controller=aks.ManagedClusterStorageProfileSnapshotControllerArgs(enabled=True),
    )
