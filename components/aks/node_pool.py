"""Node pool: what every pool of the platform has in common, with and without GPUs.

Owns the arguments that both kinds take, what AKS refuses of them, and the one place that declares an agent pool. Does
not own what tells the kinds apart (`components.aks.gpu_pool`, `components.aks.user_pool`), nor the system pool, which
is inline in its cluster (`components.aks.cluster_profiles`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pulumi import Input, ResourceOptions
from pulumi_azure_native import containerservice as aks

from components.aks.os_disk import os_disk_type
from components.placement import Placement

SPOT = "kubernetes.azure.com/scalesetpriority"
# The autoscaler owns the count; the bounds are ours. AKS sets encryption at host once: it would refuse the change.
IGNORED = ("count", "enableEncryptionAtHost")
# No SSH: a key on a node is root on every pod's data, without a name in any log. `kubectl debug node/…` is logged.
NODE_SECURITY = aks.AgentPoolSecurityProfileArgs(ssh_access="Disabled")


@dataclass(frozen=True, kw_only=True)
class SpotCapacity:
    """Spare capacity. `max_price` in USD per hour; -1: up to the on-demand price."""

    eviction_policy: Literal["Delete", "Deallocate"]
    max_price: float


@dataclass(frozen=True, kw_only=True)
class NodePoolArgs:
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
    labels: Mapping[str, str]
    taints: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Traits:
    """What tells one kind of pool from another; None leaves a property to AKS. `upgrade` is for pools on demand."""

    os_sku: str
    taints: list[str]
    labels: Mapping[str, str]
    tags: Mapping[str, str]
    upgrade: aks.AgentPoolUpgradeSettingsArgs
    fips: bool | None = None
    mig_profile: str | None = None
    gpu: aks.GPUProfileArgs | None = None
    capacity_reservation_group_id: Input[str] | None = None


def node_pool_problems(args: NodePoolArgs) -> list[str]:
    """Every reason why AKS would refuse a pool of either kind."""
    found = []
    if not 0 <= args.min_count <= args.max_count <= 1000:
        found.append(f"{args.min_count} to {args.max_count} nodes: needs 0 ≤ min ≤ max ≤ 1000")
    if SPOT in args.labels or any(taint.startswith(SPOT) for taint in args.taints):
        found.append(f"{SPOT} is set by the platform when the pool is spot")
    return found


def spot_taints(args: NodePoolArgs) -> list[str]:
    """AKS sets the taint (and label) of spot by itself; written too, or the next refresh would call it drift."""
    return [] if args.spot is None else [f"{SPOT}=spot:NoSchedule"]


def spot_labels(args: NodePoolArgs) -> dict[str, str]:
    """The label that goes with the taint."""
    return {} if args.spot is None else {SPOT: "spot"}


def node_pool(name: str, args: NodePoolArgs, traits: Traits, opts: ResourceOptions) -> aks.AgentPool:
    """The pool, as a resource of its own. Pools on spare capacity take no upgrade settings."""
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
        os_sku=traits.os_sku,
        os_disk_type=os_disk_type(args.vm_size, args.os_disk_gib),
        os_disk_size_gb=args.os_disk_gib,
        count=args.min_count,
        min_count=args.min_count,
        max_count=args.max_count,
        enable_auto_scaling=True,
        enable_node_public_ip=False,
        # Every size with premium storage (the s in its name) takes it: ResourceSkus of T4 and A100 sizes in
        # Azure/karpenter-provider-azure pkg/fake@352646f5 (2026-08-21).
        enable_encryption_at_host=args.encryption_at_host,
        enable_fips=traits.fips,
        security_profile=NODE_SECURITY,
        scale_down_mode="Delete",
        availability_zones=list(args.zones) if args.zones else None,
        vnet_subnet_id=args.subnet_id,
        node_taints=traits.taints,
        node_labels=dict(traits.labels),
        gpu_instance_profile=traits.mig_profile,
        gpu_profile=traits.gpu,
        capacity_reservation_group_id=traits.capacity_reservation_group_id,
        scale_set_priority="Regular" if spot is None else "Spot",
        scale_set_eviction_policy=None if spot is None else spot.eviction_policy,
        spot_max_price=None if spot is None else spot.max_price,
        upgrade_settings=traits.upgrade if spot is None else None,
        tags=traits.tags,
        opts=opts,
    )
