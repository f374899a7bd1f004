"""GPU pool: one AKS node pool of one GPU size, which scales to zero.

Owns the pool, its taints and labels, and who installs the driver: one choice, from which the pool's profile and the
labels that the GPU operator reads are derived, so that never both do. Does not own the cluster, the GPU operator
(`components.kubernetes.gpu_operator`), nor the capacity that is reserved (`components.aks.capacity_reservation`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_azure_native import containerservice as aks

from components.aks.node_pool import (
    IGNORED,
    NodePoolArgs,
    Traits,
    node_pool,
    node_pool_problems,
    spot_labels,
    spot_taints,
)
from components.placement import TEAM_TAG
from components.problems import refuse
from facts.vm_sizes import vm_size

POOL = "platform.gov/gpu-pool"
"""Label with the pool's name in the settings: a spot pool and its fallback have the same."""
TEAM = "platform.gov/team"
"""Label and taint of a pool that one team has alone."""
DEVICE_CONFIG = "nvidia.com/device-plugin.config"
"""Label by which the device plugin finds how a node's GPUs are offered."""
DRIVERS: Mapping[str, Literal["Install", "None"]] = {"aks": "Install", "operator": "None"}


@dataclass(frozen=True, kw_only=True)
class GpuPoolArgs(NodePoolArgs):
    """`family` is the name that a pool and its fallback share.

    `mig_profile` None: whole GPUs. `team` None: any team. `shares` 1: a GPU to each pod. `ready`: what must stand
    first, the right to use reserved capacity.
    """

    family: str
    team: str | None
    capacity_reservation_group_id: Input[str] | None
    ready: Sequence[Resource] = ()
    mig_profile: str | None
    mig_strategy: Literal["single", "mixed"]
    shares: int
    driver: Literal["aks", "operator"]


def problems(args: GpuPoolArgs) -> list[str]:
    """Every reason why AKS would refuse the pool, or no GPU would be there."""
    size, found = vm_size(args.vm_size), node_pool_problems(args)
    if not size.has_gpu:
        found.append(f"{args.vm_size} has no GPU")
    if args.mig_profile is not None and size.mig_capable is False:
        found.append(f"{args.vm_size} can't be sliced ({args.mig_profile}): MIG needs an A100, H100 or H200")
    if args.mig_profile is not None and args.driver == "operator":
        found.append(f"{args.mig_profile} needs the driver that AKS installs: AKS slices as a node starts")
    if args.mig_profile is not None and args.shares > 1:
        found.append(f"{args.shares} shares of slices ({args.mig_profile}): choose slices or shares, not both")
    if args.spot is not None and args.capacity_reservation_group_id is not None:
        found.append("a spot pool can't use reserved capacity")
    return found


def node_taints(args: GpuPoolArgs) -> list[str]:
    """The GPU taint that every device plugin tolerates, the spot taint, then the caller's own."""
    vendor = vm_size(args.vm_size).gpu_vendor
    team = [f"{TEAM}={args.team}:NoSchedule"] if args.team is not None else []
    return [f"{vendor}.com/gpu=present:NoSchedule", *spot_taints(args), *team, *args.taints]


def node_labels(args: GpuPoolArgs) -> dict[str, str]:
    """What pods select, also while there is no node, and what the GPU operator must leave alone."""
    vendor = vm_size(args.vm_size).gpu_vendor
    labels = {"accelerator": vendor, POOL: args.family, **spot_labels(args)}
    if args.team is not None:
        labels[TEAM] = args.team
    if vendor == "nvidia":
        labels[DEVICE_CONFIG] = device_config(args.mig_profile, args.mig_strategy, args.shares)
        if args.driver == "aks":
            # The operator runs on every GPU node; without these it would install a second driver over AKS's own.
            labels |= {"nvidia.com/gpu.deploy.driver": "false", "nvidia.com/gpu.deploy.container-toolkit": "false"}
    return {**args.labels, **labels}


def device_config(mig_profile: str | None, mig_strategy: str, shares: int) -> str:
    """The name of the device plugin's configuration for such a pool; `components.kubernetes.gpu_operator` holds it."""
    if mig_profile is not None:
        return f"mig-{mig_strategy}"
    return "whole" if shares == 1 else f"shares-{shares}"


class GpuPool(ComponentResource):
    """One GPU node pool."""

    pool_id: Output[str]

    def __init__(self, name: str, args: GpuPoolArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:gpu_pool:GpuPool", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self, ignore_changes=list(IGNORED), depends_on=list(args.ready))
        made = node_pool(f"{name}-np", args, _traits(args), child)
        self.pool_id = made.id
        self.register_outputs({"pool_id": self.pool_id})


def _traits(args: GpuPoolArgs) -> Traits:
    return Traits(
        os_sku="Ubuntu",
        taints=node_taints(args),
        labels=node_labels(args),
        # Nodes carry the tags of their pool, and the budget of a team counts by this one.
        tags=dict(args.placement.tags) | ({} if args.team is None else {TEAM_TAG: args.team}),
        upgrade=_upgrade(),
        mig_profile=args.mig_profile,
        gpu=aks.GPUProfileArgs(driver=DRIVERS[args.driver]),
        capacity_reservation_group_id=args.capacity_reservation_group_id,
    )


def _upgrade() -> aks.AgentPoolUpgradeSettingsArgs:
    """One node at a time, in place: a surge node needs GPU quota that is seldom there."""
    return aks.AgentPoolUpgradeSettingsArgs(max_surge="0", max_unavailable="1")
