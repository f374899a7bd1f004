"""AKS-004: nobody can sign in to a cluster with a local account."""

from __future__ import annotations

from policies.rule import Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import CLUSTER
from policies.view import Judged, View


def check(cluster: View, _context: Context) -> Judged:
    """`disableLocalAccounts` is true."""
    yield from cluster.must_be("disableLocalAccounts", True)


RULE = Rule(
    id="AKS-004",
    title="A cluster has no local accounts",
    severity=Severity.CRITICAL,
    category=Category.IDENTITY,
    types=(CLUSTER,),
    controls=(
        "itsg33/AC-2(1)",
        "itsg33/IA-2",
        "mcsb/IM-1",
        "cis-aks/5.5.1",
        "hipaa/164.312(a)(2)(i)",
        "hipaa/164.312(d)",
        "gdpr/32(1)(b)",
        "gc-guardrails/2",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_141",),
        "psrule": ("Azure.AKS.LocalAccounts", "AZR-000031"),
        "azure_policy": ("993c2fcd-2b29-49d2-9eb0-df2c3a730c32",),
    },
    why=(
        "A local account's certificate is nobody's: it bypasses Entra ID, conditional access and the audit of who did "
        "what, and it can't be revoked."
    ),
    fix="Set disableLocalAccounts to true; people then sign in with Entra ID (`az aks get-credentials` and kubelogin).",
    link="https://learn.microsoft.com/azure/aks/manage-local-accounts-managed-azure-ad",
    properties=(
        Property(
            "disableLocalAccounts",
            default=False,
            absent=Verdict.FAIL,
            source="ManagedCluster, Microsoft.ContainerService 2025-05-01: local accounts are on unless it is true",
        ),
    ),
    check=check,
    good=(Example({"disableLocalAccounts": True}),),
    bad=(Example({"disableLocalAccounts": False}),),
    breaks=(Break("disableLocalAccounts", False),),
)
