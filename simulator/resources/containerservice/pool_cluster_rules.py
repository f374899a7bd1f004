"""What AKS refuses about a node pool because of its cluster or of the pools beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.ids import key, parents
from simulator.model import Request
from simulator.resources.containerservice.pool import (
    POOL_TOKEN,
    minor_of,
    pools_of,
    siblings,
    subnet,
)
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN, at

# AKS moves the control plane by itself in these channels, so that it may be newer than the program says.
_MOVING = frozenset({"patch", "stable", "rapid"})
_SKEW = 3


def _network_id(subnet_id: Any) -> str | None:
    return key(next(parents(subnet_id))) if isinstance(subnet_id, str) and "/subnets/" in subnet_id else None


@rule(
    "aks-pool-version", kind="cross-resource", code="NodePoolMcVersionIncompatible", reads=("orchestratorVersion",),
    source="MicrosoftDocs/SupportArticles-docs:create-upgrade-delete/nodepoolmcversionincompatible-error.md",
)  # fmt: skip
def pool_version(request: Request) -> Iterator[Fault]:
    """A pool is never newer than the control plane, and at most three minor versions older."""
    for pool in pools_of(request):
        control, channel = pool.cluster.get("kubernetesVersion"), at(pool.cluster, "autoUpgradeProfile.upgradeChannel")
        ours, theirs = minor_of(pool.known("orchestratorVersion")), minor_of(control)
        if ours is None or theirs is None or channel is UNKNOWN or channel in _MOVING:
            continue
        if ours > theirs or ours[1] < theirs[1] - _SKEW:
            what = "bigger than" if ours > theirs else "too far below"
            yield Fault(
                f"Node pool version {pool.known('orchestratorVersion')} and control plane version {control} are "
                f"incompatible. Minor version of node pool version {ours[1]} is {what} control plane version "
                f"{theirs[1]}. For more information, please check https://aka.ms/version-skew-policy.",
                f"{pool.prefix}orchestratorVersion", f"use {theirs[0]}.{theirs[1]}, or move the control plane first",
            )  # fmt: skip


@rule(
    "aks-pool-upgrade-steps", kind="lifecycle", code="AgentPoolUpgradeVersionNotAllowed", quoted=True,
    source="kubernetes-sigs/cluster-api-provider-azure#1883; nebari-dev/nebari#524", reads=("orchestratorVersion",),
)  # fmt: skip
def pool_upgrade_steps(request: Request) -> Iterator[Fault]:
    """A pool never goes back to an older minor version."""
    for pool in pools_of(request):
        was = pool.before.get("orchestratorVersion") if pool.before is not None else None
        now = pool.known("orchestratorVersion")
        before, after = minor_of(was), minor_of(now)
        if before is not None and after is not None and after < before:
            yield Fault(
                f"Upgrade agent pool version from {was} to {now} is not allowed, you can only upgrade one minor "
                "version at a time. Please use [az aks get-upgrades] command to get the supported upgrade paths. For "
                "more information, please check https://aka.ms/version-skew-policy",
                f"{pool.prefix}orchestratorVersion", "make a pool with the older version and move to it",
            )  # fmt: skip


@rule(
    "aks-windows-pool", kind="cross-resource", code="WindowsProfileMissing", reads=("osType",),
    source="MicrosoftDocs/azure-aks-docs:articles/aks/create-node-pools.md",
)  # fmt: skip
def windows_pool(request: Request) -> Iterator[Fault]:
    """Windows nodes need the cluster's Windows administrator, which is named when the cluster is made."""
    for pool in pools_of(request):
        if pool.is_windows and pool.cluster and pool.cluster.get("windowsProfile") is None:
            yield Fault(
                f"pool {pool.name} runs Windows, and the cluster has no windowsProfile", f"{pool.prefix}osType",
                "make the cluster with a windowsProfile",
            )  # fmt: skip


@rule(
    "aks-windows-needs-azure-cni", kind="cross-resource", code="AzureCNIOnlyForWindows", reads=("osType",),
    source="MicrosoftDocs/azure-aks-docs:articles/aks/windows-faq.md (not re-read)",
)  # fmt: skip
def windows_needs_azure_cni(request: Request) -> Iterator[Fault]:
    """Kubenet has no Windows nodes."""
    for pool in pools_of(request):
        if pool.is_windows and at(pool.cluster, "networkProfile.networkPlugin") == "kubenet":
            yield Fault(
                f"pool {pool.name} runs Windows, and networkPlugin kubenet has Linux only", f"{pool.prefix}osType",
                "use networkPlugin azure",
            )  # fmt: skip


@rule(
    "aks-pool-names-differ", kind="static", code="InvalidParameter", reads=("agentPoolProfiles",),
    source="MicrosoftDocs/azure-aks-docs:articles/aks/create-node-pools.md (not re-read)",
)  # fmt: skip
def pool_names_differ(request: Request) -> Iterator[Fault]:
    """Two pools of a cluster have two names."""
    seen: set[str] = set()
    for pool in pools_of(request):
        if pool.name and pool.name in seen:
            yield Fault(f"two pools are called '{pool.name}'", f"{pool.prefix}name", "rename one of them")
        seen.add(pool.name)


@rule(
    "aks-pools-in-one-network", kind="cross-resource", source="Azure/AKS#2927", reads=("vnetSubnetID",),
)  # fmt: skip
def pools_in_one_network(request: Request) -> Iterator[Fault]:
    """Either every pool names a subnet or none does, and all subnets lie in one network."""
    pools = list(pools_of(request))
    if request.token == POOL_TOKEN:
        others = list(siblings(request))
    else:
        others = [(pool.name, pool.fields) for pool in pools[:1]]
        pools = pools[1:]
    for pool in pools:
        mine = pool.fields.get("vnetSubnetID")
        for name, other in others[:1]:
            theirs = other.get("vnetSubnetID")
            if UNKNOWN in (mine, theirs) or pool.before is not None:
                continue
            target = f"{pool.prefix}vnetSubnetID"
            if (mine is None) != (theirs is None):
                yield Fault(
                    f"The Agentpool {name if theirs is None else pool.name} does not have subnet defined.", target,
                    "name a subnet for every pool of the cluster or for none",
                )  # fmt: skip
            elif mine is not None and _network_id(mine) != _network_id(theirs):
                yield Fault(
                    f"vnetSubnetID lies in another network than that of pool {name}", target,
                    "use a subnet of the same virtual network",
                )  # fmt: skip


@rule(
    "aks-pod-subnet", kind="static", reads=("podSubnetID", "vnetSubnetID"),
    source="MicrosoftDocs/azure-aks-docs:articles/aks/configure-azure-cni-dynamic-ip-allocation.md (not re-read)",
)  # fmt: skip
def pod_subnet(request: Request) -> Iterator[Fault]:
    """Pods get a subnet of their own beside the nodes' one, with Azure CNI and without overlay."""
    for pool in pools_of(request):
        if pool.known("podSubnetID") is None:
            continue
        target = f"{pool.prefix}podSubnetID"
        if pool.fields.get("vnetSubnetID") is None:
            yield Fault("podSubnetID needs a vnetSubnetID for the nodes", target, "name the nodes' subnet, too")
        if at(pool.cluster, "networkProfile.networkPlugin") == "kubenet":
            yield Fault("podSubnetID needs networkPlugin azure, not kubenet", target)
        if at(pool.cluster, "networkProfile.networkPluginMode") == "overlay":
            yield Fault("podSubnetID and networkPluginMode overlay exclude each other", target, "leave one of them out")


@rule(
    "aks-pool-subnet-delegated", kind="cross-resource", code="SubnetIsDelegated", reads=("vnetSubnetID",),
    source="MicrosoftDocs/azure-aks-docs:articles/aks/configure-azure-cni.md, prerequisites (not re-read)",
)  # fmt: skip
def pool_subnet_delegated(request: Request) -> Iterator[Fault]:
    """The subnet of nodes is delegated to no service."""
    for pool in pools_of(request):
        body = subnet(pool.known("vnetSubnetID"), request.world)
        delegations = body.get("delegations") if body is not None else None
        services = [at(each, "serviceName") for each in delegations] if isinstance(delegations, list) else []
        if named := [each for each in services if isinstance(each, str) and "ContainerService" not in each]:
            yield Fault(
                f"the subnet of pool {pool.name} is delegated to {', '.join(named)}", f"{pool.prefix}vnetSubnetID",
                "use a subnet without delegations",
            )  # fmt: skip


CLUSTER_FIT_RULES = (
    pool_version, pool_upgrade_steps, windows_pool, windows_needs_azure_cni, pool_names_differ, pools_in_one_network,
    pod_subnet, pool_subnet_delegated,
)  # fmt: skip
