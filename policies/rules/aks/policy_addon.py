"""AKS-015: Azure Policy admits what comes into a cluster."""

from __future__ import annotations

from typing import Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import CLUSTER
from policies.view import Judged, View

_ON: Final = "addonProfiles.azurepolicy.enabled"


def check(cluster: View, _context: Context) -> Judged:
    """The add-on is on, in whichever case it is written (Azure answers `azurepolicy`, templates say `azurePolicy`)."""
    yield from cluster.must_be(_ON, True)


RULE = Rule(
    id="AKS-015",
    severity=Severity.HIGH,
    category=Category.GOVERNANCE,
    controls=("itsg33/CM-6", "itsg33/CM-7", "mcsb/PV-2", "cis-aks/4.3", "gdpr/25", "popa/10"),
    equivalents={
        "checkov": ("CKV_AZURE_116",),
        "psrule": (
            "Azure.AKS.AzurePolicyAddOn",
            "AZR-000028",
        ),
        "azure_policy": ("0a15ec92-a229-4763-bb14-0ea34a568f8d",),
        "trivy": ("AZU-0066",),
    },
    title="Azure Policy admits what comes into a cluster",
    types=(CLUSTER,),
    why=(
        "The rules for pods stand in policy assignments; without the add-on nothing in the cluster enforces them, and "
        "the assignments show no fault either."
    ),
    fix="Set addonProfiles.azurepolicy.enabled to true.",
    link="https://learn.microsoft.com/azure/governance/policy/concepts/policy-for-kubernetes",
    properties=(
        Property(
            _ON,
            default=False,
            absent=Verdict.FAIL,
            source="ManagedCluster, Microsoft.ContainerService 2025-09-01: add-ons are off unless on (not re-read)",
        ),
    ),
    check=check,
    good=(
        Example({"addonProfiles": {"azurepolicy": {"enabled": True}}}),
        Example({"addonProfiles": {"azurePolicy": {"enabled": True}}}, title="in another case"),
    ),
    bad=(Example({"addonProfiles": {"azurepolicy": {"enabled": False}}}), Example({"addonProfiles": {}})),
    breaks=(Break(_ON, False), Break("addonProfiles.azurepolicy", ABSENT)),
)
