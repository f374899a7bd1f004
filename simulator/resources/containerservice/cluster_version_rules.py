"""What AKS refuses about a cluster's Kubernetes version, its support and its automatic upgrades."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from facts.aks_versions import Support, aks_versions, as_of
from simulator.model import Request
from simulator.resources.containerservice import AZURERM, docs, issue, support
from simulator.resources.containerservice.agent_pools import AgentPools
from simulator.resources.containerservice.pool import minor_of
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN

_LTS: Final = "AKSLongTermSupport"


@rule("aks-support-plan", kind="static", source=issue("Azure/AKS#5076"), reads=("supportPlan", "sku"))
def support_plan(request: Request) -> Iterator[Fault]:
    """Long-term support is a part of the Premium tier."""
    tier = request.known("sku.tier", "Free")
    if request.known("supportPlan") == _LTS and tier != "Premium":
        yield Fault(f"supportPlan {_LTS} needs the Premium tier, not {tier}", "supportPlan", "use sku.tier Premium")


@rule("aks-version-lts-only", kind="state", code="K8sVersionNotSupported", quoted=True,
      source=issue("Azure/secrets-store-csi-driver-provider-azure#1713"),
      reads=("kubernetesVersion", "sku", "supportPlan"))  # fmt: skip
def version_lts_only(request: Request) -> Iterator[Fault]:
    """Versions long out of standard support are for clusters with long-term support alone.

    One whose standard support has just ended is let through: regions drop it weeks later.
    """
    version, minor = request.known("kubernetesVersion"), minor_of(request.known("kubernetesVersion"))
    before = request.old.body.get("kubernetesVersion") if request.old is not None else None
    has_lts = request.known("sku.tier") == "Premium" and request.known("supportPlan") == _LTS
    if minor is None or version == before or has_lts:
        return
    known = {minor_of(name): each for name, each in aks_versions().items()}
    oldest = min(each for each in known if each is not None)
    if minor < oldest or (minor in known and known[minor].support_on(as_of()) is Support.NONE):
        yield Fault(
            f"Managed cluster {request.name} is on version {version}, which is only available for Long-Term Support "
            "(LTS). If you intend to onboard to LTS, please ensure the cluster is in Premium tier and LTS support plan "
            "(see https://aka.ms/aks/enable-lts). Otherwise, use [az aks get-versions] command to get the supported "
            "version list in this region. For more information, please check https://aka.ms/supported-version-list",
            "kubernetesVersion", "use a version in standard support, or the Premium tier with supportPlan " + _LTS,
        )  # fmt: skip


@rule("aks-version-form", kind="static", code="InvalidParameter", reads=("kubernetesVersion",),
      source="the SDK's words on ManagedCluster.kubernetesVersion; code not confirmed")  # fmt: skip
def version_form(request: Request) -> Iterator[Fault]:
    """1.33 or 1.33.2, with nothing before it."""
    version = request.known("kubernetesVersion")
    if isinstance(version, str) and version and minor_of(version) is None:
        yield Fault(f"kubernetesVersion '{version}' is neither <major.minor> nor <major.minor.patch>",
                    "kubernetesVersion", "write 1.34, for example")  # fmt: skip


@rule("aks-upgrade-steps", kind="lifecycle", code="OperationNotAllowed",
      reads=("kubernetesVersion", "supportPlan"),
      source=f"{issue('rancher/dashboard#11884')}; {docs('supported-kubernetes-versions.md')}")  # fmt: skip
def upgrade_steps(request: Request) -> Iterator[Fault]:
    """One minor version at a time, and never back.

    Clusters with long-term support, and those whose version is out of standard support, may skip.
    """
    was = request.old.body.get("kubernetesVersion") if request.old is not None else None
    plan = request.old.body.get("supportPlan") if request.old is not None else None
    now = request.known("kubernetesVersion")
    before, after = minor_of(was), minor_of(now)
    if before is None or after is None or was is UNKNOWN:
        return
    version = aks_versions().get(f"{before[0]}.{before[1]}")
    bound = version is not None and version.support_on(as_of()) is Support.STANDARD
    has_lts = _LTS in (plan, request.known("supportPlan"))
    skips = after[1] > before[1] + 1 and bound and not has_lts
    if skips or after < before or _goes_back(was, now):
        step = f"{before[0]}.{before[1] + 1}"
        yield Fault(
            f"Upgrading Kubernetes version {was} to {now} is not allowed. Available upgrades: [{step}]. Please see "
            "https://aka.ms/aks-supported-k8s-ver for version details.",
            "kubernetesVersion", f"go to {step} first" if skips else "keep the version",
        )  # fmt: skip


def _goes_back(was: object, now: object) -> bool:
    """Whether a patch of the same minor version is older."""
    old, new = str(was).split("."), str(now).split(".")
    return len(old) == len(new) == 3 and old[:2] == new[:2] and int(new[2]) < int(old[2])


@rule("aks-pools-within-skew", kind="lifecycle", code="NodePoolMcVersionIncompatible", reads=("kubernetesVersion",),
      source=support("create-upgrade-delete/nodepoolmcversionincompatible-error.md"))  # fmt: skip
def pools_within_skew(request: Request) -> Iterator[Fault]:
    """The control plane never leaves a pool more than three minor versions behind."""
    after = minor_of(request.known("kubernetesVersion"))
    for record in request.world.below(request.id) if request.old is not None and after is not None else ():
        pool = minor_of(record.body.get("orchestratorVersion")) if record.token == AgentPools.token else None
        if pool is not None and after is not None and pool[1] < after[1] - 3:
            yield Fault(
                f"node pool {record.id.rsplit('/', 1)[-1]} is on {record.body['orchestratorVersion']}, too old for a "
                f"control plane on {request.known('kubernetesVersion')}",
                "kubernetesVersion", "move the pool first",
            )  # fmt: skip


@rule("aks-node-os-channel", kind="static", code="InvalidParameter", reads=("autoUpgradeProfile",),
      source=f"{docs('auto-upgrade-node-os-image.md')}; {AZURERM}; code not confirmed")  # fmt: skip
def node_os_channel(request: Request) -> Iterator[Fault]:
    """The channel node-image already says how the nodes' system is upgraded."""
    profile = "autoUpgradeProfile"
    channel, nodes = request.known(f"{profile}.upgradeChannel"), request.known(f"{profile}.nodeOSUpgradeChannel")
    if channel == "node-image" and nodes not in (None, "NodeImage"):
        yield Fault(f"upgradeChannel node-image has nodeOSUpgradeChannel NodeImage, not {nodes}",
                    "autoUpgradeProfile.nodeOSUpgradeChannel", "use NodeImage, or another upgradeChannel")  # fmt: skip


VERSION_RULES = (
    version_form, support_plan, version_lts_only, upgrade_steps, pools_within_skew, node_os_channel,
)  # fmt: skip
