"""User pool: one AKS node pool of one size without a GPU, for workloads.

Owns the pool, its taints and labels. Does not own the cluster: a pool is a resource of its own and never in the
cluster's own list, so that adding one or changing a taint can't replace the cluster.
"""

from __future__ import annotations

from dataclasses import dataclass

from pulumi import ComponentResource, Output, ResourceOptions
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
from components.problems import refuse
from facts.vm_sizes import vm_size
from stacks.types import USER_POOL_SURGE_PERCENT


@dataclass(frozen=True, kw_only=True)
class UserPoolArgs(NodePoolArgs):
    """`fips`: nodes whose cryptography is FIPS-validated."""

    fips: bool


def problems(args: UserPoolArgs) -> list[str]:
    """Every reason why AKS would refuse the pool, or it would waste a GPU."""
    found = node_pool_problems(args)
    if vm_size(args.vm_size).has_gpu:
        found.append(f"{args.vm_size} has a GPU, which no taint here keeps for GPU work: declare a GPU pool")
    return found


class UserPool(ComponentResource):
    """One node pool for workloads without a GPU."""

    pool_id: Output[str]

    def __init__(self, name: str, args: UserPoolArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:user_pool:UserPool", name, {}, opts)
        refuse(name, problems(args))
        made = node_pool(f"{name}-np", args, _traits(args), ResourceOptions(parent=self, ignore_changes=list(IGNORED)))
        self.pool_id = made.id
        self.register_outputs({"pool_id": self.pool_id})


def _traits(args: UserPoolArgs) -> Traits:
    return Traits(
        os_sku="AzureLinux",
        taints=[*spot_taints(args), *args.taints],
        labels={**args.labels, **spot_labels(args)},
        tags=args.placement.tags,
        upgrade=_upgrade(),
        fips=args.fips,
    )


def _upgrade() -> aks.AgentPoolUpgradeSettingsArgs:
    """Some spare nodes at a time: CPU quota is easier to get than GPU quota, and pods move before their node goes."""
    return aks.AgentPoolUpgradeSettingsArgs(max_surge=f"{USER_POOL_SURGE_PERCENT}%", drain_timeout_in_minutes=30)
