"""From settings to the cluster and its node pools."""

from __future__ import annotations

from pulumi import Input

from components.aks.cluster import Cluster, ClusterAccess, ClusterArgs, UpgradeWindow
from components.aks.cluster_profiles import ClusterNetwork, SystemPool
from components.aks.gpu_pool import GpuPool, GpuPoolArgs, SpotCapacity
from components.context import Foundation
from components.identity import access
from components.identity.access import DataScopes
from components.identity.wiring import grant
from components.network import private_dns
from stacks.sections.cluster import GpuPoolSettings, MaintenanceWindow, SystemPoolSettings
from stacks.sections.network import NetworkSettings

SUBNETS = ("system_pool", "gpu_pool", "api_server")
"""What the control plane joins things to."""


def cluster_network(network: NetworkSettings, outbound_type: str) -> ClusterNetwork:
    """The ranges inside the cluster."""
    return ClusterNetwork(
        outbound_type=outbound_type,
        pods=network.pod_cidr,
        services=network.service_cidr,
        dns_service_ip=network.dns_service_ip,
    )


def system_pool(pool: SystemPoolSettings) -> SystemPool:
    """The system pool."""
    return SystemPool(vm_size=pool.vm_size, min_count=pool.min_count, max_count=pool.max_count, zones=pool.zones)


def upgrade_window(window: MaintenanceWindow) -> UpgradeWindow:
    """When AKS may upgrade."""
    return UpgradeWindow(
        day=window.day, start=window.start, duration_hours=window.duration_hours, utc_offset=window.utc_offset
    )


def build(foundation: Foundation, data: DataScopes) -> Cluster:
    """The cluster, then its GPU pools."""
    wanted, subnets = foundation.settings.cluster, foundation.network.subnet_ids
    zone_id = foundation.dns.zone_ids[private_dns.aks_zone(foundation.placement.region)]
    args = ClusterArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("cluster"),
        kubernetes_version=wanted.kubernetes_version,
        tier=wanted.tier,
        upgrade_channel=wanted.upgrade_channel,
        node_os_upgrade_channel=wanted.node_os_upgrade_channel,
        window=upgrade_window(wanted.maintenance),
        system_pool=system_pool(wanted.system_pool),
        network=cluster_network(foundation.settings.network, foundation.network.outbound_type),
        system_subnet_id=subnets["system_pool"],
        api_server_subnet_id=subnets["api_server"],
        private_dns_zone_id=zone_id,
        access=_access(foundation, zone_id, data),
        log_workspace_id=foundation.log_workspace_id,
    )
    cluster = Cluster(f"{foundation.prefix}-cluster", args, foundation.child)
    for name, pool in wanted.gpu_pools.items():
        GpuPool(f"{foundation.prefix}-gpu-{name}", _gpu_pool(foundation, cluster, name, pool), foundation.child)
    return cluster


def _access(foundation: Foundation, zone_id: Input[str], data: DataScopes) -> ClusterAccess:
    control_plane, kubelet = foundation.identities["control-plane"], foundation.identities["kubelet"]
    subnets = {key: foundation.network.subnet_ids[key] for key in SUBNETS}
    grants = access.cluster_identities(control_plane, kubelet, subnets, zone_id, data.registry)
    return ClusterAccess(
        control_plane=control_plane,
        kubelet=kubelet,
        tenant_id=foundation.tenant_id,
        admin_group_id=foundation.settings.access.platform_admins,
        # The egress of the subnets must stand too: AKS tests it with the first node.
        ready=(grant(foundation, "cluster-roles", grants), foundation.network, foundation.dns),
    )


def _gpu_pool(foundation: Foundation, cluster: Cluster, name: str, pool: GpuPoolSettings) -> GpuPoolArgs:
    spot = pool.spot
    return GpuPoolArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("cluster"),
        cluster_name=cluster.cluster_name,
        subnet_id=foundation.network.subnet_ids["gpu_pool"],
        pool_name=name,
        vm_size=pool.vm_size,
        min_count=pool.min_count,
        max_count=pool.max_count,
        zones=pool.zones,
        spot=None if spot is None else SpotCapacity(eviction_policy=spot.eviction_policy, max_price=spot.max_price),
        mig_profile=pool.mig_profile,
        driver=pool.driver,
        os_disk_gib=pool.os_disk_gib,
        labels=pool.labels,
        taints=pool.taints,
    )
