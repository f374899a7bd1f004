"""AKS-007: a cluster and its pods have identities of Entra ID, and no passwords."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import CLUSTER
from policies.values import with_value
from policies.view import Judged, View

_SOURCE: Final = "ManagedCluster, Microsoft.ContainerService 2025-09-01: off unless it is true (not re-read)"
_OIDC: Final = "oidcIssuerProfile.enabled"
_WORKLOADS: Final = "securityProfile.workloadIdentity.enabled"


def check(cluster: View, _context: Context) -> Judged:
    """A user-assigned identity, an OIDC issuer, workload identity, and nothing of its predecessor."""
    yield from cluster.must_be("identity.type", "UserAssigned")
    yield from cluster.must_be(_OIDC, True)
    yield from cluster.must_be(_WORKLOADS, True)
    yield from cluster.must_be("podIdentityProfile.enabled", False, "its daemon hands tokens to any pod on the node")


_GOOD: Final[dict[str, Any]] = {
    "identity": {"type": "UserAssigned"},
    "oidcIssuerProfile": {"enabled": True},
    "securityProfile": {"workloadIdentity": {"enabled": True}},
    "podIdentityProfile": {"enabled": False},
}


def _with(path: str, value: Any) -> Example:
    return Example(with_value(_GOOD, tuple(path.split(".")), value))


RULE = Rule(
    id="AKS-007",
    severity=Severity.HIGH,
    category=Category.IDENTITY,
    controls=(
        "itsg33/IA-5",
        "itsg33/IA-9",
        "mcsb/IM-3",
        "cis-aks/5.2.1",
        "hipaa/164.312(d)",
        "gdpr/32(1)(b)",
        "gc-guardrails/2",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "psrule": (
            "Azure.AKS.ManagedIdentity",
            "AZR-000025",
            "AZR-000037",
        ),
        "azure_policy": (
            "da6e2401-19da-4532-9141-fb8fbde08431",
            "2cc2e023-0dac-4046-875b-178f683929d5",
        ),
    },
    title="A cluster and its pods use identities of Entra ID without passwords",
    types=(CLUSTER,),
    why=(
        "Without workload identity teams put secrets of applications into pods, which leak and expire. An identity of "
        "the cluster itself exists only after it: its rights on networks and keys would come too late."
    ),
    fix=(
        "Set identity.type to UserAssigned, and oidcIssuerProfile.enabled and securityProfile.workloadIdentity.enabled "
        "to true; take podIdentityProfile away."
    ),
    link="https://learn.microsoft.com/azure/aks/workload-identity-overview",
    properties=(
        Property(
            "identity.type",
            default=ABSENT,
            absent=Verdict.FAIL,
            source="ManagedCluster, Microsoft.ContainerService 2025-09-01: a service principal (not re-read)",
        ),
        Property(_OIDC, default=False, absent=Verdict.FAIL, source=_SOURCE),
        Property(_WORKLOADS, default=False, absent=Verdict.FAIL, source=_SOURCE),
        Property("podIdentityProfile.enabled", default=False, absent=Verdict.PASS, source=_SOURCE),
    ),
    check=check,
    good=(Example(_GOOD),),
    bad=(
        _with("identity.type", "SystemAssigned"),
        _with("identity.type", "None"),
        _with(_OIDC, False),
        _with(_WORKLOADS, False),
        _with("podIdentityProfile.enabled", True),
    ),
    breaks=(
        Break("identity.type", "SystemAssigned"),
        Break("identity", ABSENT),
        Break(_OIDC, False),
        Break(_WORKLOADS, False),
        Break("podIdentityProfile.enabled", True),
    ),
)
