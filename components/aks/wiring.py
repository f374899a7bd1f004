"""From settings to the cluster and its node pools. What is installed in it: `components.aks.installation`."""

from __future__ import annotations

from dataclasses import dataclass

from pulumi import Input, Resource

from components import naming
from components.aks import classified_pools, gpu_wiring
from components.aks.bootstrap_cache import BootstrapCache, BootstrapCacheArgs
from components.aks.cluster import Cluster, ClusterArgs, ClusterVersion
from components.aks.cluster_profiles import AdvancedNetworking, ClusterMonitoring, ClusterNetwork, SystemPool
from components.aks.cluster_scaling import AutoscalerProfile, ClusterScaling
from components.aks.cluster_security import ApiServer, ClusterAccess, ClusterProtection
from components.aks.disk_encryption import DiskEncryption, DiskEncryptionArgs
from components.aks.maintenance import Maintenance, Window
from components.aks.node_pool import SpotCapacity
from components.aks.safeguards import Safeguards, SafeguardsArgs
from components.aks.user_pool import UserPool, UserPoolArgs
from components.context import Foundation
from components.data.wiring import Data
from components.identity import access
from components.identity.access import DataScopes
from components.identity.role_assignment import Scope
from components.identity.wiring import grant
from components.network import private_dns
from stacks.classification import chosen
from stacks.sections.cluster import ClusterSettings, Spot, UserPoolSettings
from stacks.sections.cluster_operation import MaintenanceSettings, MaintenanceWindow
from stacks.settings import Settings
from stacks.types import Classification

SUBNETS = ("system_pool", "gpu_pool", "user_pool", "api_server")
"""What the control plane joins things to, where the stack has it."""


def fips(settings: Settings) -> bool:
    """Whether system and user pools run FIPS images."""
    return chosen(settings.cluster.encryption.fips, settings.demands.fips_nodes)


def cluster_network(settings: Settings, outbound_type: str) -> ClusterNetwork:
    """The ranges inside the cluster."""
    network, advanced = settings.network, settings.cluster.advanced_networking
    return ClusterNetwork(
        outbound_type=outbound_type,
        pods=network.pod_cidr,
        services=network.service_cidr,
        dns_service_ip=network.dns_service_ip,
        advanced=None
        if advanced is None
        else AdvancedNetworking(observability=advanced.observability, policies=advanced.policies),
    )


def system_pool(settings: Settings) -> SystemPool:
    """The system pool."""
    pool = settings.cluster.system_pool
    return SystemPool(
        vm_size=pool.vm_size,
        min_count=pool.min_count,
        max_count=pool.max_count,
        zones=pool.zones,
        encryption_at_host=settings.cluster.encryption.at_host,
        fips=fips(settings),
    )


def maintenance(wanted: MaintenanceSettings) -> Maintenance:
    """When AKS may upgrade; a window that is left out is that of Kubernetes itself."""
    return Maintenance(
        upgrade=_window(wanted),
        node_os=_window(wanted.node_os or wanted),
        releases=_window(wanted.releases or wanted),
        freezes=tuple((freeze.first, freeze.last) for freeze in wanted.freezes),
    )


def _window(window: MaintenanceWindow) -> Window:
    return Window(
        day=window.day, start=window.start, duration_hours=window.duration_hours, utc_offset=window.utc_offset
    )


def scaling(wanted: ClusterSettings) -> ClusterScaling:
    """How nodes and pods grow."""
    profile, provisioning = wanted.autoscaler, wanted.node_provisioning
    return ClusterScaling(
        autoscaler=AutoscalerProfile(
            expander=profile.expander,
            scale_down_unneeded_minutes=profile.scale_down_unneeded_minutes,
            scale_down_after_add_minutes=profile.scale_down_after_add_minutes,
            utilization_threshold=profile.utilization_threshold,
            drain_seconds=profile.drain_seconds,
            keep_nodes_with_local_storage=profile.keep_nodes_with_local_storage,
        ),
        node_provisioning=None if provisioning is None else provisioning.default_pools,
        event_autoscaling=wanted.event_autoscaling,
        vertical_autoscaling=wanted.vertical_autoscaling,
    )


@dataclass(frozen=True, kw_only=True)
class Aks:
    """The cluster and its pools; what is installed in it waits for the pools, or its pods find no node."""

    cluster: Cluster
    pools: tuple[Resource, ...]
    gpu_pools: tuple[Resource, ...]


def build(foundation: Foundation, stores: Data, data: DataScopes) -> Aks:
    """The cluster, what it admits, then its pools."""
    wanted = foundation.settings.cluster
    cluster = Cluster(f"{foundation.prefix}-cluster", _cluster(foundation, stores, data), foundation.child)
    Safeguards(
        f"{foundation.prefix}-safeguards",
        SafeguardsArgs(
            cluster_id=cluster.cluster_id,
            level=wanted.safeguards.level,
            excluded_namespaces=wanted.safeguards.excluded_namespaces,
        ),
        foundation.child,
    )
    user_pools = [
        UserPool(f"{foundation.prefix}-pool-{name}", _user_pool(foundation, cluster, name, pool), foundation.child)
        for name, pool in wanted.pools.items()
    ]
    gpu_pools = gpu_wiring.build(foundation, cluster, levels(foundation.settings))
    return Aks(cluster=cluster, pools=tuple(user_pools), gpu_pools=gpu_pools)


def _cluster(foundation: Foundation, stores: Data, data: DataScopes) -> ClusterArgs:
    settings, wanted = foundation.settings, foundation.settings.cluster
    disks = _disk_encryption(foundation)
    cache = _bootstrap_cache(foundation, stores)
    return ClusterArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("cluster"),
        version=ClusterVersion(
            kubernetes=wanted.kubernetes_version,
            tier=wanted.tier,
            support_plan=wanted.support_plan,
            upgrade_channel=wanted.upgrade_channel,
            node_os_upgrade_channel=wanted.node_os_upgrade_channel,
        ),
        maintenance=maintenance(wanted.maintenance),
        system_pool=system_pool(settings),
        system_subnet_id=foundation.network.subnet_ids["system_pool"],
        network=cluster_network(settings, foundation.network.outbound_type),
        api_server=api_server(foundation),
        access=_access(foundation, data, disks, cache),
        protection=_protection(foundation, disks),
        scaling=scaling(wanted),
        monitoring=ClusterMonitoring(
            prometheus=wanted.managed_prometheus,
            container_insights=wanted.container_insights,
            cost_analysis=wanted.cost_analysis,
        ),
        artifact_registry_id=None if cache is None else data.registry.id,
        ai_toolchain_operator=wanted.ai_toolchain_operator,
        log_workspace_id=foundation.log_workspace_id,
    )


def api_server(foundation: Foundation) -> ApiServer:
    """The way to the API server."""
    wanted = foundation.settings.cluster.api_server
    integrated = wanted.access == "vnet_integration"
    zone_id = api_server_zone(foundation)
    return ApiServer(
        subnet_id=foundation.network.subnet_ids["api_server"] if integrated else None,
        private_dns_zone="system" if zone_id is None else zone_id,
    )


def api_server_zone(foundation: Foundation) -> Input[str] | None:
    """The zone of the API server's record; None: AKS makes one."""
    wanted = foundation.settings.cluster.api_server.private_dns_zone
    if wanted == "system":
        return None
    if wanted == "platform":
        return foundation.dns.zone_ids[private_dns.aks_zone(foundation.placement.region)]
    return wanted


def _disk_encryption(foundation: Foundation) -> DiskEncryption | None:
    key = foundation.customer_keys.get("cluster-disks")
    if key is None:
        return None
    args = DiskEncryptionArgs(
        placement=foundation.placement, resource_group_name=foundation.group_name("cluster"), key=key
    )
    return DiskEncryption(f"{foundation.prefix}-disk-encryption", args, foundation.child)


def _protection(foundation: Foundation, disks: DiskEncryption | None) -> ClusterProtection:
    wanted = foundation.settings.cluster
    return ClusterProtection(
        etcd_key=foundation.customer_keys.get("cluster-etcd"),
        disk_encryption_set_id=None if disks is None else disks.set_id,
        image_cleaner_hours=wanted.image_cleaner_hours,
        log_workspace_id=foundation.log_workspace_id,
    )


def _bootstrap_cache(foundation: Foundation, stores: Data) -> BootstrapCache | None:
    if not foundation.settings.cluster.artifact_cache:
        return None
    args = BootstrapCacheArgs(
        resource_group_name=foundation.group_name("data"),
        registry_name=naming.container_registry(foundation.placement),
        ready=(stores.registry,),
    )
    return BootstrapCache(f"{foundation.prefix}-bootstrap-cache", args, foundation.child)


def _access(
    foundation: Foundation, data: DataScopes, disks: DiskEncryption | None, cache: BootstrapCache | None
) -> ClusterAccess:
    control_plane, kubelet = foundation.identities["control-plane"], foundation.identities["kubelet"]
    subnet_ids, zone = foundation.network.subnet_ids, api_server_zone(foundation)
    grants = access.cluster_identities(
        control_plane,
        kubelet,
        {key: subnet_ids[key] for key in SUBNETS if key in subnet_ids},
        None if zone is None else (zone, foundation.network.vnet_id),
        data.registry,
        None if disks is None else Scope(name="disk-encryption", id=disks.set_id),
    )
    return ClusterAccess(
        control_plane=control_plane,
        kubelet=kubelet,
        tenant_id=foundation.tenant_id,
        admin_group_id=foundation.settings.access.platform_admins,
        # The egress of the subnets must stand too: AKS tests it with the first node.
        ready=(
            grant(foundation, "cluster-roles", grants),
            foundation.network,
            foundation.dns,
            *(() if cache is None else (cache,)),
        ),
    )


def _user_pool(foundation: Foundation, cluster: Cluster, name: str, pool: UserPoolSettings) -> UserPoolArgs:
    level = pool.classification or foundation.settings.classification
    return UserPoolArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("cluster"),
        cluster_name=cluster.cluster_name,
        subnet_id=foundation.network.subnet_ids["user_pool"],
        pool_name=name,
        vm_size=pool.vm_size,
        min_count=pool.min_count,
        max_count=pool.max_count,
        zones=pool.zones,
        spot=_spot(pool.spot),
        os_disk_gib=pool.os_disk_gib,
        encryption_at_host=foundation.settings.cluster.encryption.at_host,
        fips=fips(foundation.settings),
        labels={**classified_pools.label(level), **pool.labels},
        taints=(*classified_pools.taints(level, levels(foundation.settings)), *pool.taints),
    )


def _spot(spot: Spot | None) -> SpotCapacity | None:
    return None if spot is None else SpotCapacity(eviction_policy=spot.eviction_policy, max_price=spot.max_price)


def levels(settings: Settings) -> tuple[Classification, ...]:
    """The classifications that the cluster's pools serve."""
    cluster, own = settings.cluster, settings.classification
    wanted = [pool.classification for pool in cluster.pools.values()]
    wanted += [pool.classification for pool in cluster.gpu_pools.values()]
    return tuple(level or own for level in wanted)
