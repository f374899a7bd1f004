"""From settings to GPU pools, their fallbacks and the capacity that is kept for them."""

from __future__ import annotations

from collections.abc import Sequence

from pulumi import Input, Resource

from components.aks import classified_pools
from components.aks.capacity_reservation import CapacityReservation, CapacityReservationArgs
from components.aks.cluster import Cluster
from components.aks.gpu_pool import GpuPool, GpuPoolArgs
from components.aks.node_pool import SpotCapacity
from components.context import Foundation
from components.identity import cluster_access
from components.identity.role_assignment import Scope
from components.identity.wiring import grant
from stacks.sections.cluster import GpuPoolSettings
from stacks.types import Classification

FALLBACK = "od"
"""Ends the name of a fallback pool: on demand."""


def build(foundation: Foundation, cluster: Cluster, levels: Sequence[Classification]) -> tuple[Resource, ...]:
    """Every GPU pool; a spot pool with its fallback."""
    made: list[Resource] = []
    for name, pool in foundation.settings.cluster.gpu_pools.items():
        group_id, ready = _reserve(foundation, name, pool)
        for suffix, spot in _capacities(pool).items():
            args = _pool(foundation, cluster, levels, name, suffix, spot, group_id, ready)
            made.append(GpuPool(f"{foundation.prefix}-gpu-{name}{suffix}", args, foundation.child))
    return tuple(made)


def _capacities(pool: GpuPoolSettings) -> dict[str, SpotCapacity | None]:
    """What each pool of a family is made of, by the end of its name."""
    spot = pool.spot
    if spot is None:
        return {"": None}
    spare = SpotCapacity(eviction_policy=spot.eviction_policy, max_price=spot.max_price)
    return {"": spare, FALLBACK: None} if spot.fallback else {"": spare}


def _reserve(foundation: Foundation, name: str, pool: GpuPoolSettings) -> tuple[Input[str] | None, list[Resource]]:
    """The group of a pool's reserved capacity, and what the pool waits for."""
    if pool.reserved_nodes is None:
        return None, []
    args = CapacityReservationArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("cluster"),
        purpose=name,
        vm_size=pool.vm_size,
        nodes=pool.reserved_nodes,
        zones=pool.zones,
    )
    reserved = CapacityReservation(f"{foundation.prefix}-reserved-{name}", args, foundation.child)
    scope = Scope(name=f"reserved-{name}", id=reserved.group_id)
    grants = cluster_access.reserved_capacity(foundation.identities["control-plane"], scope)
    return reserved.group_id, [reserved, grant(foundation, f"reserved-{name}-roles", grants)]


def _pool(
    foundation: Foundation,
    cluster: Cluster,
    levels: Sequence[Classification],
    name: str,
    suffix: str,
    spot: SpotCapacity | None,
    group_id: Input[str] | None,
    ready: Sequence[Resource],
) -> GpuPoolArgs:
    pool = foundation.settings.cluster.gpu_pools[name]
    level = pool.classification or foundation.settings.classification
    return GpuPoolArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("cluster"),
        cluster_name=cluster.cluster_name,
        subnet_id=foundation.network.subnet_ids["gpu_pool"],
        pool_name=f"{name}{suffix}",
        family=name,
        team=pool.team,
        capacity_reservation_group_id=group_id,
        ready=ready,
        vm_size=pool.vm_size,
        # Only one of the two keeps nodes ready; the fallback is there for the rest.
        min_count=0 if suffix else pool.min_count,
        max_count=pool.max_count,
        zones=pool.zones,
        spot=spot,
        mig_profile=pool.mig_profile,
        mig_strategy=pool.mig_strategy,
        shares=pool.shares,
        driver=pool.driver,
        os_disk_gib=pool.os_disk_gib,
        encryption_at_host=foundation.settings.cluster.encryption.at_host,
        labels={**classified_pools.label(level), **pool.labels},
        taints=(*classified_pools.taints(level, levels), *pool.taints),
    )
