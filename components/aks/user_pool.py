"""User pool: one AKS node pool of one size without a GPU, for workloads.

Owns the pool, its taints and labels. Does not own the cluster: a pool is a resource of its own and never in the
cluster's own list, so that adding one or changing a taint can't replace the cluster.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import containerservice as aks

from components.aks.gpu_pool import IGNORED, SPOT, SpotCapacity
from components.aks.os_disk import os_disk_type
from components.placement import Placement
from components.problems import refuse
from facts.vm_sizes import vm_size
from stacks.types import USER_POOL_SURGE_PERCENT


@dataclass(frozen=True, kw_only=True)
class UserPoolArgs:
    """`pool_name` is 1 to 12 lower-case letters and digits. `spot` None: on-demand."""

    placement: Placement
    resource_group_name: Input[str]
    cluster_name: Input[str]
    subnet_id: Input[str]
    pool_name: str
    vm_size: str
    min_count: int
    max_count: int
    zones: tuple[str, ...]
    spot: SpotCapacity | None
    os_disk_gib: int
    encryption_at_host: bool
    fips: bool
    labels: Mapping[str, str]
    taints: tuple[str, ...]


def problems(args: UserPoolArgs) -> list[str]:
    """Every reason why AKS would refuse the pool, or it would waste a GPU."""
    found = []
    if vm_size(args.vm_size).has_gpu:
        found.append(f"{args.vm_size} has a GPU, which no taint here keeps for GPU work: declare a GPU pool")
    if not 0 <= args.min_count <= args.max_count <= 1000:
        found.append(f"{args.min_count} to {args.max_count} nodes: needs 0 ≤ min ≤ max ≤ 1000")
    if SPOT in args.labels or any(taint.startswith(SPOT) for taint in args.taints):
        found.append(f"{SPOT} is set by the platform when the pool is spot")
    return found


class UserPool(ComponentResource):
    """One node pool for workloads without a GPU."""

    pool_id: Output[str]

    def __init__(self, name: str, args: UserPoolArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:user_pool:UserPool", name, {}, opts)
        refuse(name, problems(args))
        made = _pool(f"{name}-np", args, ResourceOptions(parent=self, ignore_changes=list(IGNORED)))
        self.pool_id = made.id
        self.register_outputs({"pool_id": self.pool_id})


def _pool(name: str, args: UserPoolArgs, opts: ResourceOptions) -> aks.AgentPool:
    spot = args.spot
    return aks.AgentPool(
        name,
        agent_pool_name=args.pool_name,
        resource_name_=args.cluster_name,
        resource_group_name=args.resource_group_name,
        mode="User",
        type="VirtualMachineScaleSets",
        vm_size=args.vm_size,
        os_type="Linux",
        os_sku="AzureLinux",
        os_disk_type=os_disk_type(args.vm_size, args.os_disk_gib),
        os_disk_size_gb=args.os_disk_gib,
        count=args.min_count,
        min_count=args.min_count,
        max_count=args.max_count,
        enable_auto_scaling=True,
        enable_node_public_ip=False,
        enable_encryption_at_host=args.encryption_at_host,
        enable_fips=args.fips,
        scale_down_mode="Delete",
        availability_zones=list(args.zones) if args.zones else None,
        vnet_subnet_id=args.subnet_id,
        # AKS sets the spot taint and label by itself; written here too, or the next refresh would call it drift.
        node_taints=[*([] if spot is None else [f"{SPOT}=spot:NoSchedule"]), *args.taints],
        node_labels={**args.labels, **({} if spot is None else {SPOT: "spot"})},
        scale_set_priority="Regular" if spot is None else "Spot",
        scale_set_eviction_policy=None if spot is None else spot.eviction_policy,
        spot_max_price=None if spot is None else spot.max_price,
        # Spot pools take no settings.
        upgrade_settings=None if spot is not None else _upgrade(),
        tags=args.placement.tags,
        opts=opts,
    )


def _upgrade() -> aks.AgentPoolUpgradeSettingsArgs:
    """Some spare nodes at a time: CPU quota is easier to get than GPU quota, and pods move before their node goes."""
    return aks.AgentPoolUpgradeSettingsArgs(max_surge=f"{USER_POOL_SURGE_PERCENT}%", drain_timeout_in_minutes=30)
