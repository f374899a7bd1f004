"""What AKS refuses to change about a node pool that exists, alone or inside a cluster."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simulator.model import Request
from simulator.resources.containerservice import CODES, docs, issue
from simulator.resources.containerservice.pool import POOL_TOKEN, POOL_TYPE, Pool, declared, pools_of
from simulator.rule import Fault, Rule, rule
from simulator.values import UNKNOWN, at, has_unknown

SPOT_TAINT: Final = "kubernetes.azure.com/scalesetpriority=spot:NoSchedule"
# Fixed at creation ("Limitations" of the pages on each). enableFIPS may change for Linux, and a capacity reservation
# group may be added to a pool that exists (enable-fips-nodes.md, use-capacity-reservation-groups.md).
FIXED: Final = (
    "availabilityZones", "enableEncryptionAtHost", "enableNodePublicIP", "enableUltraSSD", "gpuProfile.driver",
    "hostGroupID", "maxPods", "nodePublicIPPrefixID", "osDiskSizeGB", "osType", "podSubnetID",
    "proximityPlacementGroupID", "scaleSetEvictionPolicy", "scaleSetPriority", "spotMaxPrice", "type", "vnetSubnetID",
    "workloadRuntime",
)  # fmt: skip


def _changes(pool: Pool, path: str) -> bool:
    """Whether a property is to change; one that a PUT leaves out stays."""
    was, now = (at(pool.before, path) if pool.before is not None else None), pool.known(path)
    return not (was is None or now is None or has_unknown(was) or has_unknown(now)) and _plain(was) != _plain(now)


def _plain(value: object) -> object:
    if isinstance(value, str):
        return value.lower()
    return sorted(map(str, value)) if isinstance(value, list) else value


@rule("aks-inline-pool-fixed", kind="lifecycle", code="PropertyChangeNotAllowed", quoted=True,
      source=issue("hashicorp/terraform-provider-azurerm#10951"))  # fmt: skip
def inline_pool_fixed(request: Request) -> Iterator[Fault]:
    """What is fixed for a pool is fixed for one inside a cluster, too."""
    for pool in pools_of(request) if request.token != POOL_TOKEN else ():
        for path in (*FIXED, "vmSize", "gpuInstanceProfile"):
            if _changes(pool, path):
                yield Fault(
                    f"Changing property 'agentPoolProfile.{path}' is not allowed.", f"{pool.prefix}{path}",
                    "put the old value back, or make a pool with another name and move to it",
                )  # fmt: skip


def _fixed_rule(name: str, code: str, paths: tuple[str, ...]) -> Rule:
    """Properties whose change has a code of its own."""

    @rule(f"aks-{name}-fixed", kind="lifecycle", code=code, source=f"{CODES}; {docs('concepts-storage.md')}")
    def check(request: Request) -> Iterator[Fault]:
        for pool in pools_of(request):
            for path in paths:
                if _changes(pool, path):
                    yield Fault(
                        f"{path} of pool {pool.name} can't be changed", f"{pool.prefix}{path}",
                        "put the old value back, or make a pool with another name and move to it",
                    )  # fmt: skip

    return check


OWN_CODES: Final = (
    _fixed_rule("os-disk-type", "CannotChangeOSDiskType", ("osDiskType",)),
    _fixed_rule("kubelet-disk-type", "CannotChangeKubeletDisk", ("kubeletDiskType",)),
    _fixed_rule("node-config", "CustomKubeletConfigOrCustomLinuxOSConfigCanNotBeChanged",
                ("kubeletConfig", "linuxOSConfig")),
)  # fmt: skip


@rule("aks-new-inline-pool", kind="lifecycle", quoted=True, reads=("agentPoolProfiles",),
      source=issue("pulumi/pulumi-azure-native#579"))  # fmt: skip
def new_inline_pool(request: Request) -> Iterator[Fault]:
    """A pool that comes later is a resource of its own."""
    if request.old is None or request.token == POOL_TOKEN or not declared(request.old.body):
        return
    records = request.world.below(request.id)
    known = {record.id.rsplit("/", 1)[-1].lower() for record in records if record.type.lower() == POOL_TYPE.lower()}
    for pool in pools_of(request):
        if pool.name and pool.before is None and pool.name.lower() not in known:
            yield Fault(
                "A new agent pool was introduced. Adding agent pools to an existing cluster is not allowed through "
                "managed cluster operations. For agent pool specific change, please use per agent pool operations: "
                "https://aka.ms/agent-pool-rest-api",
                "agentPoolProfiles", f"declare {pool.name} as a containerservice:AgentPool",
            )  # fmt: skip


@rule("aks-spot-taint", kind="lifecycle", code="PropertyChangeNotAllowed", quoted=True,
      source=issue("pulumi/pulumi-azure-native#959"), reads=("scaleSetPriority", "nodeTaints"))  # fmt: skip
def spot_taint(request: Request) -> Iterator[Fault]:
    """AKS taints a spot pool by itself, and reads a later PUT without the taint as taking it away."""
    for pool in pools_of(request):
        listed = pool.known("nodeTaints", [])
        missing = SPOT_TAINT not in pool.listed("nodeTaints") and UNKNOWN not in listed
        if pool.prefix == "" and pool.before is not None and pool.is_spot and missing:
            yield Fault(
                "Changing property 'properties.nodeTaints' is not allowed.", "nodeTaints",
                f"list {SPOT_TAINT} among nodeTaints",
            )  # fmt: skip


LIFECYCLE_RULES = (inline_pool_fixed, *OWN_CODES, new_inline_pool, spot_taint)
