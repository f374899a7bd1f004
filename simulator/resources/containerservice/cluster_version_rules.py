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
_ADVICE: Final = (
    "[az aks get-versions] command to get the supported version list in this region. For more information, please "
    "check https://aka.ms/supported-version-list"
)
# How many minor versions newer than the table's newest may be there by now.
_AHEAD: Final = 2


@rule("aks-support-plan", kind="static", source=issue("Azure/AKS#5076"), reads=("supportPlan", "sku"))
def support_plan(request: Request) -> Iterator[Fault]:
    """Long-term support is a part of the Premium tier."""
    tier = request.known("sku.tier", "Free")
    if request.known("supportPlan") == _LTS and tier != "Premium":
        yield Fault(f"supportPlan {_LTS} needs the Premium tier, not {tier}", "supportPlan", "use sku.tier Premium")


def _asked(request: Request) -> tuple[str, tuple[int, int]] | None:
    """The version that a request brings, with its minor version; None where it keeps the old one."""
    version = request.known("kubernetesVersion")
    before = request.old.body.get("kubernetesVersion") if request.old is not None else None
    minor = minor_of(version)
    return (version, minor) if minor is not None and version != before else None


def _has_lts(request: Request) -> bool:
    return bool(request.known("sku.tier") == "Premium" and request.known("supportPlan") == _LTS)


def _minors(*support: Support) -> list[tuple[int, int]]:
    """The minor versions of the table in some kinds of support, newest first."""
    named = [minor_of(name) for name, each in aks_versions().items() if each.support_on(as_of()) in support]
    return sorted((each for each in named if each is not None), reverse=True)


@rule("aks-version-lts-only", kind="state", code="K8sVersionNotSupported", quoted=True,
      source=f"{issue('Azure/secrets-store-csi-driver-provider-azure#1713')}; "
      f"{docs('supported-kubernetes-versions.md')}",
      reads=("kubernetesVersion", "sku", "supportPlan"))  # fmt: skip
def version_lts_only(request: Request) -> Iterator[Fault]:
    """Versions out of standard support are for clusters with long-term support alone.

    The first of them, in platform support, is let through: regions stop making clusters of it at different times.
    """
    asked = _asked(request)
    if asked is not None and not _has_lts(request) and asked[1] in _minors(Support.LTS)[1:]:
        yield Fault(
            f"Managed cluster {request.name} is on version {asked[0]}, which is only available for Long-Term Support "
            "(LTS). If you intend to onboard to LTS, please ensure the cluster is in Premium tier and LTS support plan "
            f"(see https://aka.ms/aks/enable-lts). Otherwise, use {_ADVICE}",
            "kubernetesVersion", "use a version in standard support, or the Premium tier with supportPlan " + _LTS,
        )  # fmt: skip


@rule("aks-version-gone", kind="state", code="K8sVersionNotSupported", quoted=True,
      source=f"{issue('Azure/Microsoft-Defender-for-Cloud#905; Azure/Microsoft-Defender-for-Cloud#923')}; "
      f"{issue('Azure/Microsoft-Defender-for-Cloud#713')}: AgentPoolK8sVersionNotSupported until 2023",
      reads=("kubernetesVersion", "sku", "supportPlan"))  # fmt: skip
def version_gone(request: Request) -> Iterator[Fault]:
    """Versions that no support has any longer, and numbers that no version has yet.

    With long-term support old versions are let through: how long it lasts was moved more than once.
    """
    asked = _asked(request)
    known = _minors(*Support)
    if asked is None or _has_lts(request):
        return
    version, minor = asked
    fix = f"use {known[0][0]}.{known[0][1]}, or leave the version out"
    if minor < known[-1] or minor in _minors(Support.NONE):
        yield Fault(
            f"Managed cluster {request.name} is on version {version} which is not supported in this region. Please use "
            f"{_ADVICE}",
            "kubernetesVersion", fix,
        )  # fmt: skip
    elif minor > (known[0][0], known[0][1] + _AHEAD):
        yield Fault(f"Managed cluster {request.name} has invalid version {version}. Please use {_ADVICE}",
                    "kubernetesVersion", fix)  # fmt: skip


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
    version_form, support_plan, version_gone, version_lts_only, upgrade_steps, pools_within_skew, node_os_channel,
)  # fmt: skip
