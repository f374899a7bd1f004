"""From settings to component arguments: the only place where the two vocabularies meet.

Owns the mapping, as pure functions. Does not own defaults (`stacks`) or resources.
"""

from __future__ import annotations

from collections.abc import Sequence

from pulumi import Input

from components.access import Groups
from components.budget import BudgetArgs
from components.cluster import UpgradeWindow
from components.cluster_profiles import ClusterNetwork, SystemPool
from components.gpu_pool import GpuPoolArgs, SpotCapacity
from components.network import FirewallEgress, NatEgress
from components.network_plan import SUBNETS, AddressPlan
from components.placement import Placement
from facts.regions import region
from stacks.settings import (
    AccessSettings,
    BudgetSettings,
    GpuPoolSettings,
    MaintenanceWindow,
    NatGateway,
    NetworkSettings,
    Settings,
    SystemPoolSettings,
)


def tags(settings: Settings) -> dict[str, str]:
    """The tags of every resource: who answers, who pays, what it holds and where it must stay."""
    return {
        "owner": settings.owner,
        "cost-centre": settings.cost_centre,
        "environment": settings.environment.value,
        "classification": settings.classification.value,
        "data-residency": region(settings.region.value).country,
        "managed-by": "pulumi",
    }


def placement(settings: Settings) -> Placement:
    """Names, region and tags."""
    return Placement(
        workload=settings.name,
        environment=settings.environment.value,
        region=settings.region.value,
        tags=tags(settings),
        protect_stateful=settings.protect_stateful,
    )


def addresses(network: NetworkSettings) -> AddressPlan:
    """The spoke's ranges."""
    return AddressPlan(
        space=network.address_space,
        subnets={key: getattr(network.subnets, key) for key in SUBNETS},
        pods=network.pod_cidr,
        operators=network.operator_ranges,
    )


def egress(settings: Settings) -> NatEgress | FirewallEgress:
    """How traffic leaves the spoke."""
    wanted = settings.network.egress
    if isinstance(wanted, NatGateway):
        return NatEgress(
            public_ip_count=wanted.public_ip_count,
            public_ip_zones=region(settings.region.value).zones,
            idle_timeout_minutes=wanted.idle_timeout_minutes,
        )
    return FirewallEgress(next_hop=wanted.next_hop, hub_vnet_id=wanted.hub_vnet_id)


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


def gpu_pool(
    name: str,
    pool: GpuPoolSettings,
    *,
    placement: Placement,
    resource_group_name: Input[str],
    cluster_name: Input[str],
    subnet_id: Input[str],
) -> GpuPoolArgs:
    """One GPU pool."""
    spot = pool.spot
    return GpuPoolArgs(
        placement=placement,
        resource_group_name=resource_group_name,
        cluster_name=cluster_name,
        subnet_id=subnet_id,
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


def groups(access: AccessSettings) -> Groups:
    """The Entra groups."""
    return Groups(
        platform_admins=access.platform_admins,
        ml_engineers=access.ml_engineers,
        data_scientists=access.data_scientists,
        auditors=access.auditors,
    )


def budget(
    wanted: BudgetSettings,
    *,
    placement: Placement,
    subscription_id: Input[str],
    resource_group_names: Sequence[Input[str]],
) -> BudgetArgs:
    """The monthly budget."""
    return BudgetArgs(
        placement=placement,
        subscription_id=subscription_id,
        resource_group_names=resource_group_names,
        monthly_amount=wanted.monthly_amount,
        start_date=wanted.start_date,
        contacts=wanted.contacts,
        actual_thresholds=wanted.actual_thresholds,
        forecast_thresholds=wanted.forecast_thresholds,
    )
