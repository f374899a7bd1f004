"""AKS-001: a cluster's API server has no public address."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import CLUSTER
from policies.view import Judged, View

_PRIVATE: Final = "apiServerAccessProfile.enablePrivateCluster"
_PUBLIC_NAME: Final = "apiServerAccessProfile.enablePrivateClusterPublicFQDN"


def check(cluster: View, _context: Context) -> Judged:
    """The cluster is private, and its private address has no public name."""
    yield from cluster.must_be(_PRIVATE, True)
    yield from cluster.must_be(_PUBLIC_NAME, False)


def _access(**changed: Any) -> dict[str, Any]:
    access = {"enablePrivateCluster": True, "enablePrivateClusterPublicFQDN": False, **changed}
    return {"apiServerAccessProfile": access}


RULE = Rule(
    id="AKS-001",
    severity=Severity.CRITICAL,
    category=Category.NETWORK,
    controls=(
        "itsg33/AC-17",
        "itsg33/SC-7",
        "mcsb/NS-2",
        "cis-aks/5.4.2",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/9",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_115",),
        "azure_policy": ("040732e8-d947-40b8-95d6-854c95024bf8",),
        "trivy": ("AZU-0065",),
    },
    title="A cluster's API server is private, and has no public name",
    types=(CLUSTER,),
    why=(
        "Whoever holds a stolen token can use it from anywhere while the API server has a public address; a public "
        "name tells everybody its address in our network."
    ),
    fix="Set apiServerAccessProfile.enablePrivateCluster to true and enablePrivateClusterPublicFQDN to false.",
    link="https://learn.microsoft.com/azure/aks/private-clusters",
    properties=(
        Property(
            _PRIVATE,
            default=False,
            absent=Verdict.FAIL,
            source="ManagedCluster, Microsoft.ContainerService 2025-09-01: public unless it is asked for (not re-read)",
        ),
        Property(
            _PUBLIC_NAME,
            default=True,
            absent=Verdict.FAIL,
            source="learn.microsoft.com/azure/aks/private-clusters: a public FQDN is made by default",
        ),
    ),
    check=check,
    good=(Example(_access()),),
    bad=(
        Example(_access(enablePrivateCluster=False)),
        Example(_access(enablePrivateClusterPublicFQDN=True)),
        Example({"apiServerAccessProfile": {"enablePrivateCluster": True}}, title="the public name is on by default"),
    ),
    breaks=(Break(_PRIVATE, False, companions=("AKS-002",)), Break(_PUBLIC_NAME, True)),
)
