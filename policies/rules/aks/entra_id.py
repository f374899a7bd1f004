"""AKS-005: Entra ID says who somebody is, and Azure RBAC what they may do in a cluster."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import CLUSTER
from policies.view import Judged, View

_SOURCE: Final = "ManagedCluster, Microsoft.ContainerService 2025-09-01: off unless it is true (not re-read)"


def check(cluster: View, _context: Context) -> Judged:
    """Entra ID is managed by AKS, Azure RBAC authorizes, and Kubernetes RBAC is not off."""
    yield from cluster.must_be("aadProfile.managed", True)
    yield from cluster.must_be("aadProfile.enableAzureRBAC", True)
    yield from cluster.must_be("enableRBAC", True)


def _cluster(rbac: Any = True, **changed: Any) -> dict[str, Any]:
    return {"enableRBAC": rbac, "aadProfile": {"managed": True, "enableAzureRBAC": True, **changed}}


RULE = Rule(
    id="AKS-005",
    severity=Severity.CRITICAL,
    category=Category.IDENTITY,
    controls=(
        "itsg33/AC-3",
        "itsg33/AC-6",
        "itsg33/IA-2",
        "mcsb/IM-1",
        "mcsb/PA-7",
        "cis-aks/5.5.1",
        "cis-aks/5.5.2",
        "hipaa/164.312(a)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/2",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_5",),
        "psrule": (
            "Azure.AKS.ManagedAAD",
            "Azure.AKS.AzureRBAC",
            "Azure.AKS.UseRBAC",
            "AZR-000029",
            "AZR-000032",
            "AZR-000038",
        ),
        "azure_policy": (
            "450d2877-ebea-41e8-b00c-e286317d21bf",
            "ac4a19c2-fa67-49b4-8ae5-0b2e78c49457",
        ),
        "trivy": ("AZU-0042",),
    },
    title="Entra ID authenticates in a cluster, and Azure RBAC authorizes",
    types=(CLUSTER,),
    why=(
        "Rights that live in the cluster alone are in no access review, and don't end when somebody leaves; without "
        "RBAC every pod's token is that of an administrator."
    ),
    fix="Set enableRBAC, aadProfile.managed and aadProfile.enableAzureRBAC to true; give rights as role assignments.",
    link="https://learn.microsoft.com/azure/aks/manage-azure-rbac",
    properties=(
        Property("aadProfile.managed", default=False, absent=Verdict.FAIL, source=_SOURCE),
        Property("aadProfile.enableAzureRBAC", default=False, absent=Verdict.FAIL, source=_SOURCE),
        Property(
            "enableRBAC",
            default=True,
            absent=Verdict.PASS,
            source="ManagedCluster, Microsoft.ContainerService 2025-09-01: on unless it is false (not re-read)",
        ),
    ),
    check=check,
    good=(Example(_cluster()),),
    bad=(
        Example(_cluster(managed=False)),
        Example(_cluster(enableAzureRBAC=False)),
        Example(_cluster(rbac=False)),
        Example({"aadProfile": {"managed": True}}, title="Azure RBAC is off by default"),
    ),
    breaks=(
        Break("aadProfile.managed", False),
        Break("aadProfile.enableAzureRBAC", False),
        Break("enableRBAC", False),
        Break("aadProfile", ABSENT, companions=("AKS-006",)),
    ),
)
