"""What AKS refuses about a node pool because of its cluster or of the pools beside it."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.model import Request
from simulator.resources.containerservice import AZURERM, CODES, docs, issue, support
from simulator.resources.containerservice.pool import POOL_TOKEN, minor_of, pools_of, siblings
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN

# AKS moves the control plane by itself in these channels, so that it may be newer than the program says.
_MOVING = frozenset({"patch", "stable", "rapid"})
_SKEW = 3
_SKEW_PAGE = "create-upgrade-delete/nodepoolmcversionincompatible-error.md"


@rule(
    "aks-pool-version", kind="cross-resource", code="NodePoolMcVersionIncompatible", reads=("orchestratorVersion",),
    source=support(_SKEW_PAGE),
)  # fmt: skip
def pool_version(request: Request) -> Iterator[Fault]:
    """A pool is never newer than the control plane, and at most three minor versions older."""
    for pool in pools_of(request):
        control, channel = pool.cluster.get("kubernetesVersion"), pool.of_cluster("autoUpgradeProfile.upgradeChannel")
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
    "aks-pool-versions-together", kind="static", code="NotAllAgentPoolOrchestratorVersionSpecifiedAndUnchanged",
    source=f"{docs('auto-upgrade-cluster.md')}; {docs('create-node-pools.md')}", quoted=True,
    reads=("agentPoolProfiles", "kubernetesVersion"),
)  # fmt: skip
def pool_versions_together(request: Request) -> Iterator[Fault]:
    """Through the cluster, pools have their old version or the control plane's, and all say it or none does."""
    pools = [pool for pool in pools_of(request) if pool.prefix]
    control = minor_of(request.known("kubernetesVersion"))
    said = [pool for pool in pools if pool.fields.get("orchestratorVersion") is not None]
    unsettled = any(not pool.is_settled("orchestratorVersion") for pool in pools)
    if unsettled or not said or control is None:
        return
    moved = [pool for pool in said if _moves_apart(pool.known("orchestratorVersion"), pool.before, control)]
    if moved or (request.old is not None and len(said) != len(pools)):
        yield Fault(
            "Using managed cluster api, all Agent pools' OrchestratorVersion must be all specified or all unspecified. "
            "If all specified, they must be stay unchanged or the same with control plane.",
            f"{(moved or said)[0].prefix}orchestratorVersion",
            "give every pool inside the cluster its kubernetesVersion, or none a version",
        )  # fmt: skip


def _moves_apart(version: object, before: object, control: tuple[int, int]) -> bool:
    """Whether a version is neither the old one nor that of the control plane; what `pool_version` refuses is left."""
    minor = minor_of(version)
    was = before.get("orchestratorVersion") if isinstance(before, dict) else None
    return minor is not None and control[1] - _SKEW <= minor[1] < control[1] and version != was


@rule(
    "aks-pool-upgrade-steps", kind="lifecycle", code="AgentPoolUpgradeVersionNotAllowed", quoted=True,
    source=issue("kubernetes-sigs/cluster-api-provider-azure#1883; nebari-dev/nebari#524"),
    reads=("orchestratorVersion",),
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
    "aks-windows-pool", kind="cross-resource", code="WindowsProfileMissing", reads=("osType", "windowsProfile"),
    source=f"{docs('create-node-pools.md')}; {CODES}",
)  # fmt: skip
def windows_pool(request: Request) -> Iterator[Fault]:
    """Windows nodes need the cluster's Windows administrator, who is named when the cluster is made."""
    for pool in pools_of(request):
        if pool.is_windows and pool.before is None and pool.cluster and pool.cluster.get("windowsProfile") is None:
            yield Fault(
                f"pool {pool.name} runs Windows, and the cluster has no windowsProfile", f"{pool.prefix}osType",
                "make the cluster with a windowsProfile",
            )  # fmt: skip


@rule(
    "aks-windows-needs-azure-cni", kind="cross-resource", code="AzureCNIOnlyForWindows", quoted=True,
    reads=("osType",), source=f"{issue('Azure/AKS#1101')}; {CODES}",
)  # fmt: skip
def windows_needs_azure_cni(request: Request) -> Iterator[Fault]:
    """Kubenet has no Windows nodes."""
    for pool in pools_of(request):
        if pool.is_windows and pool.of_cluster("networkProfile.networkPlugin") == "kubenet":
            yield Fault(
                "Windows agent pools can only be added to AKS clusters using Azure-CNI", f"{pool.prefix}osType",
                "use networkPlugin azure",
            )  # fmt: skip


@rule(
    "aks-windows-needs-azure-dataplane", kind="cross-resource", reads=("osType",),
    source=f"{docs('azure-cni-powered-by-cilium.md')}; code not confirmed",
)  # fmt: skip
def windows_needs_azure_dataplane(request: Request) -> Iterator[Fault]:
    """Cilium's data plane is for Linux alone."""
    for pool in pools_of(request):
        if pool.is_windows and pool.of_cluster("networkProfile.networkDataplane") == "cilium":
            yield Fault(
                f"pool {pool.name} runs Windows, and networkDataplane cilium has Linux only", f"{pool.prefix}osType",
                "use networkDataplane azure",
            )  # fmt: skip


@rule(
    "aks-pool-names-differ", kind="static", code="InvalidParameter", reads=("agentPoolProfiles",),
    source=f"{docs('create-node-pools.md')}; {AZURERM}",
)  # fmt: skip
def pool_names_differ(request: Request) -> Iterator[Fault]:
    """Two pools of a cluster have two names."""
    seen: set[str] = set()
    for pool in pools_of(request):
        if pool.name and pool.name in seen:
            yield Fault(f"two pools are called '{pool.name}'", f"{pool.prefix}name", "rename one of them")
        seen.add(pool.name)


@rule("aks-pool-types-mixed", kind="cross-resource", code="MixedTypeNotSupported", reads=("type",), source=CODES)
def pool_types_mixed(request: Request) -> Iterator[Fault]:
    """Availability sets and scale sets don't go together in a cluster."""
    pools = list(pools_of(request))
    others = [fields for _, fields in siblings(request)] if request.token == POOL_TOKEN else [p.fields for p in pools]
    for pool in pools:
        is_set = pool.known("type") == "AvailabilitySet"
        if is_set and any(other.get("type") == "VirtualMachineScaleSets" for other in others):
            yield Fault(f"pool {pool.name} is an availability set, and another pool a scale set", f"{pool.prefix}type",
                        "use type VirtualMachineScaleSets")  # fmt: skip


CLUSTER_FIT_RULES = (
    pool_version, pool_versions_together, pool_upgrade_steps, windows_pool, windows_needs_azure_cni,
    windows_needs_azure_dataplane, pool_names_differ, pool_types_mixed,
)  # fmt: skip
