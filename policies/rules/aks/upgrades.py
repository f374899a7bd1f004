"""AKS-019: a cluster runs a version with support and takes patches by itself."""

from __future__ import annotations

import re
from typing import Any, Final

from facts.aks_versions import Support, aks_versions, as_of
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules._faults import changing
from policies.types import CLUSTER
from policies.view import Doubt, Fault, Judged, View, guarded

_CHANNEL: Final = "autoUpgradeProfile.upgradeChannel"
_NODES: Final = "autoUpgradeProfile.nodeOSUpgradeChannel"
_VERSION: Final = re.compile(r"(\d+\.\d+)(\.\d+)?")


def check(cluster: View, _context: Context) -> Judged:
    """Both channels bring patches; the version has support; inline pools have the minor version of the cluster."""
    yield from cluster.must_be_one_of(_CHANNEL, ("patch", "stable"))
    yield from cluster.must_be_one_of(_NODES, ("NodeImage", "SecurityPatch"))
    yield from guarded(_supported(cluster))
    yield from guarded(_alike(cluster))


def _supported(cluster: View) -> Judged:
    version = cluster.text("kubernetesVersion")
    if not version:
        return  # AKS takes its newest stable one
    minor = _minor(version)
    if not minor or _order(minor) > _order(max(aks_versions(), key=_order)):
        yield Doubt("kubernetesVersion", "is no version that facts/aks_versions.yaml knows")
        return
    known = aks_versions().get(minor)
    support = Support.NONE if known is None else known.support_on(as_of())
    if support is Support.NONE or (support is Support.LTS and not _pays_for_long_term(cluster)):
        yield Fault("kubernetesVersion", f"is {minor}, which had no support on {as_of():%Y-%m-%d}")


def _pays_for_long_term(cluster: View) -> bool:
    return cluster.word("supportPlan", absent="") == "akslongtermsupport"


def _alike(cluster: View) -> Judged:
    minor = _minor(cluster.text("kubernetesVersion"))
    for pool in cluster.each("agentPoolProfiles"):
        own = _minor(pool.text("orchestratorVersion", absent=""))
        if minor and own and own != minor:
            yield Fault(f"{pool.path}.orchestratorVersion", f"is {own}, and the cluster's is {minor}")


def _minor(version: str) -> str:
    """`1.35` of `1.35.2`; empty where it is no version."""
    found = _VERSION.fullmatch(version)
    return found[1] if found is not None else ""


def _order(minor: str) -> tuple[int, ...]:
    return tuple(int(part) for part in minor.split("."))


def _cluster(version: str = "1.35", channel: str = "patch", nodes: str = "NodeImage", **more: Any) -> dict[str, Any]:
    return {
        "kubernetesVersion": version,
        "autoUpgradeProfile": {"upgradeChannel": channel, "nodeOSUpgradeChannel": nodes},
        **more,
    }


RULE = Rule(
    id="AKS-019",
    severity=Severity.HIGH,
    category=Category.RESILIENCE,
    controls=("itsg33/CM-2", "itsg33/SI-2", "mcsb/PV-6", "gdpr/32(1)(b)", "popa/10"),
    equivalents={
        "checkov": ("CKV_AZURE_171",),
        "psrule": (
            "Azure.AKS.AutoUpgrade",
            "Azure.AKS.NodeAutoUpgrade",
            "Azure.AKS.Version",
            "Azure.AKS.PoolVersion",
            "AZR-000036",
            "AZR-000015",
            "AZR-000016",
        ),
        "azure_policy": (
            "5c345cdf-2049-47e0-b8fe-b0e96bc2df35",
            "04408ca5-aa10-42ce-8536-98955cdddd4c",
            "fb893a29-21bb-418c-a157-e99480ec364c",
        ),
    },
    title="A cluster runs a supported version and takes patches by itself",
    types=(CLUSTER,),
    why=(
        "A node that nobody patches keeps holes that everybody can read about; an unsupported version gets no fix at "
        "all, and AKS upgrades it when it likes."
    ),
    fix="Set autoUpgradeProfile.upgradeChannel to patch and nodeOSUpgradeChannel to NodeImage or SecurityPatch, and "
    "kubernetesVersion to one with standard support; leave orchestratorVersion of pools out (settings: "
    "cluster.upgrade_channel, cluster.node_os_upgrade_channel).",
    link="https://learn.microsoft.com/azure/aks/auto-upgrade-cluster",
    properties=(
        Property(
            _CHANNEL,
            default="none",
            absent=Verdict.FAIL,
            source="ManagedClusterAutoUpgradeProfile, Microsoft.ContainerService 2025-09-01: the default is none",
        ),
        Property(
            _NODES,
            default="NodeImage",
            absent=Verdict.PASS,
            source="ManagedClusterAutoUpgradeProfile, Microsoft.ContainerService 2025-09-01: the default is NodeImage",
        ),
        Property(
            "kubernetesVersion",
            default=ABSENT,
            absent=Verdict.PASS,
            source="ManagedCluster, Microsoft.ContainerService 2025-09-01: the newest stable one (not re-read)",
        ),
    ),
    check=check,
    good=(
        Example(_cluster()),
        Example(_cluster("1.35.2", "stable", "SecurityPatch", agentPoolProfiles=[{"orchestratorVersion": "1.35"}])),
        Example(_cluster("1.33.1", supportPlan="AKSLongTermSupport"), title="long-term support is paid for"),
    ),
    bad=(
        Example(_cluster(channel="none")),
        Example(_cluster(channel="rapid"), title="minor versions as they come out"),
        Example(_cluster(nodes="Unmanaged")),
        Example(_cluster("1.33.1"), title="long-term support only"),
        Example(_cluster("1.19.11"), title="older than all that we know"),
        Example(
            _cluster("1.35", agentPoolProfiles=[{"orchestratorVersion": "1.35.1"}, {"orchestratorVersion": "1.34.2"}])
        ),
    ),
    breaks=(
        Break(_CHANNEL, "none"),
        Break(_CHANNEL, "node-image"),
        Break(_CHANNEL, ABSENT),
        Break(_NODES, "None"),
        Break("kubernetesVersion", "1.30.4"),
        changing("a pool of another version", ("agentPoolProfiles[*].orchestratorVersion", "1.36")),
    ),
)
