"""AKS-014: Defender watches what runs in a cluster."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import CLUSTER
from policies.view import Judged, View

_DEFENDER: Final = "securityProfile.defender"
_WORKSPACE: Final = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/log"


def check(cluster: View, _context: Context) -> Judged:
    """Monitoring is on and has a workspace to write to."""
    yield from cluster.must_be(f"{_DEFENDER}.securityMonitoring.enabled", True)
    yield from cluster.must_be_set(f"{_DEFENDER}.logAnalyticsWorkspaceResourceId")


def _defender(on: bool = True, workspace: str | None = _WORKSPACE) -> dict[str, Any]:
    defender: dict[str, Any] = {"securityMonitoring": {"enabled": on}}
    if workspace is not None:
        defender["logAnalyticsWorkspaceResourceId"] = workspace
    return {"securityProfile": {"defender": defender}}


RULE = Rule(
    id="AKS-014",
    severity=Severity.HIGH,
    category=Category.LOGGING,
    controls=(
        "itsg33/SI-3",
        "itsg33/SI-4",
        "mcsb/LT-1",
        "cis-aks/5.1.1",
        "hipaa/164.312(b)",
        "gdpr/32(1)(d)",
        "gc-guardrails/10",
        "popa/10",
        "hia/60",
    ),
    equivalents={"psrule": ("Azure.AKS.DefenderProfile",), "azure_policy": ("a1840de2-8088-4ea8-b153-b4c723e9cb01",)},
    title="Defender watches a cluster's nodes and workloads",
    types=(CLUSTER,),
    why=(
        "A shell in a container, a miner on a GPU node or a token read by a strange process shows at run time only, "
        "and nothing else on the nodes looks for it."
    ),
    fix="Set securityProfile.defender: securityMonitoring.enabled true, and logAnalyticsWorkspaceResourceId.",
    link="https://learn.microsoft.com/azure/defender-for-cloud/defender-for-containers-introduction",
    properties=(
        Property(
            f"{_DEFENDER}.securityMonitoring.enabled",
            default=False,
            absent=Verdict.FAIL,
            source="ManagedClusterSecurityProfile, Microsoft.ContainerService 2025-09-01: off (not re-read)",
        ),
        Property(
            f"{_DEFENDER}.logAnalyticsWorkspaceResourceId",
            default=ABSENT,
            absent=Verdict.FAIL,
            source="ManagedClusterSecurityProfile, Microsoft.ContainerService 2025-09-01: required when it is on",
            unknown=Verdict.PASS,
        ),
    ),
    check=check,
    good=(Example(_defender()),),
    bad=(Example(_defender(on=False)), Example(_defender(workspace=None)), Example(_defender(workspace=""))),
    breaks=(
        Break(f"{_DEFENDER}.securityMonitoring.enabled", False),
        Break(f"{_DEFENDER}.logAnalyticsWorkspaceResourceId", ABSENT),
        Break(_DEFENDER, ABSENT),
    ),
)
