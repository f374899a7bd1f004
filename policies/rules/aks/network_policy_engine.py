"""AKS-008: something in a cluster enforces network policies."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules._faults import changing
from policies.types import CLUSTER
from policies.view import Judged, View

_POLICY: Final = "networkProfile.networkPolicy"
_PLUGIN: Final = "networkProfile.networkPlugin"
_DATAPLANE: Final = "networkProfile.networkDataplane"


def check(cluster: View, _context: Context) -> Judged:
    """An engine is chosen, on Azure CNI, and Cilium's policies have Cilium's dataplane."""
    yield from cluster.must_be_one_of(_POLICY, ("azure", "calico", "cilium"))
    yield from cluster.must_be(_PLUGIN, "azure")
    if cluster.word(_POLICY) == "cilium":
        yield from cluster.must_be(_DATAPLANE, "cilium", "which enforces its policies")


def _network(policy: str, plugin: str = "azure", dataplane: str = "azure") -> dict[str, Any]:
    return {"networkProfile": {"networkPolicy": policy, "networkPlugin": plugin, "networkDataplane": dataplane}}


RULE = Rule(
    id="AKS-008",
    severity=Severity.HIGH,
    category=Category.NETWORK,
    controls=(
        "itsg33/AC-4",
        "itsg33/SC-7",
        "mcsb/NS-1",
        "cis-aks/5.4.4",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/8",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": (
            "CKV_AZURE_7",
            "CKV2_AZURE_29",
        ),
        "psrule": (
            "Azure.AKS.NetworkPolicy",
            "AZR-000027",
        ),
        "azure_policy": ("46238e2f-3f6f-4589-9f3f-77bed4116e67",),
        "trivy": ("AZU-0043",),
    },
    title="A cluster enforces network policies",
    types=(CLUSTER,),
    why=(
        "Kubernetes takes NetworkPolicy objects whether or not something enforces them: without an engine every pod "
        "reaches every other, and nothing says so."
    ),
    fix="Set networkProfile.networkPolicy and networkDataplane to cilium, and networkPlugin to azure.",
    link="https://learn.microsoft.com/azure/aks/use-network-policies",
    properties=(
        Property(
            _POLICY,
            default="none",
            absent=Verdict.FAIL,
            source="ContainerServiceNetworkProfile, Microsoft.ContainerService 2025-09-01: no engine (not re-read)",
        ),
        Property(
            _PLUGIN,
            default="kubenet",
            absent=Verdict.FAIL,
            source="ContainerServiceNetworkProfile, Microsoft.ContainerService 2025-09-01: kubenet (not re-read)",
        ),
        Property(
            _DATAPLANE,
            default="azure",
            absent=Verdict.FAIL,
            source="ContainerServiceNetworkProfile, Microsoft.ContainerService 2025-09-01: azure (not re-read)",
        ),
    ),
    check=check,
    good=(
        Example(_network("cilium", dataplane="cilium")),
        Example(_network("Calico")),
        Example(_network("azure")),
    ),
    bad=(
        Example(_network("none"), title="an engine called none"),
        Example(_network("calico", plugin="kubenet")),
        Example(_network("cilium", dataplane="azure")),
        Example({"networkProfile": {"networkPlugin": "azure"}}),
        Example({"networkProfile": {"networkPolicy": "azure"}}),
    ),
    breaks=(
        Break(_POLICY, "none"),
        Break(_POLICY, ABSENT),
        Break(_PLUGIN, "none"),
        changing(
            "Cilium's policies without its dataplane",
            (_DATAPLANE, "azure"),
            where=lambda cluster: cluster.word(_POLICY, absent="") == "cilium",
        ),
    ),
)
