"""AKS-009: what leaves a cluster leaves through the firewall, or not at all."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules._faults import changing
from policies.types import CLUSTER
from policies.view import Judged, View

_OUTBOUND: Final = "networkProfile.outboundType"
_SOURCE_OF_IMAGES: Final = "bootstrapProfile.artifactSource"
_REGISTRY: Final = "bootstrapProfile.containerRegistryId"
_ISOLATED: Final = frozenset({"none", "block"})


def check(cluster: View, context: Context) -> Judged:
    """Routed, or isolated with an own registry; a NAT gateway where nobody demands a filter."""
    allowed = ["userDefinedRouting", "none", "block"]
    if not context.profile.demands.filtered_egress:
        allowed.append("userAssignedNATGateway")
    yield from cluster.must_be_one_of(_OUTBOUND, allowed)
    if cluster.word(_OUTBOUND) in _ISOLATED:
        yield from cluster.must_be(_SOURCE_OF_IMAGES, "Cache", "since nodes reach no other registry")
        yield from cluster.must_be_set(_REGISTRY, "since nodes reach no other registry")


def _isolated(cluster: View) -> bool:
    return cluster.word(_OUTBOUND, absent="") in _ISOLATED


def _cluster(outbound: str, **bootstrap: Any) -> dict[str, Any]:
    return {"networkProfile": {"outboundType": outbound}, "bootstrapProfile": bootstrap}


_ID: Final = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/cr"

RULE = Rule(
    id="AKS-009",
    severity=Severity.HIGH,
    category=Category.NETWORK,
    controls=(
        "itsg33/SC-7(5)",
        "itsg33/SC-7(8)",
        "mcsb/NS-3",
        "cis-aks/5.1.4",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/9",
        "popa/10",
        "hia/60",
    ),
    title="What leaves a cluster is filtered",
    types=(CLUSTER,),
    why=(
        "Behind a load balancer every pod reaches every address: a stolen model or record leaves over HTTPS, and a "
        "compromised image calls home."
    ),
    fix="Set networkProfile.outboundType to userDefinedRouting with a route to the firewall; or to none, with "
    "bootstrapProfile.artifactSource Cache and a registry (settings: network.egress).",
    link="https://learn.microsoft.com/azure/aks/egress-outboundtype",
    properties=(
        Property(
            _OUTBOUND,
            default="loadBalancer",
            absent=Verdict.FAIL,
            source="ContainerServiceNetworkProfile, Microsoft.ContainerService 2025-09-01: loadBalancer (not re-read)",
        ),
        Property(
            _SOURCE_OF_IMAGES,
            default="Direct",
            absent=Verdict.FAIL,
            source="ManagedClusterBootstrapProfile, Microsoft.ContainerService 2025-09-01: Direct (not re-read)",
        ),
        Property(
            _REGISTRY,
            default=ABSENT,
            absent=Verdict.FAIL,
            source="ManagedClusterBootstrapProfile, Microsoft.ContainerService 2025-09-01: none (not re-read)",
            unknown=Verdict.PASS,
        ),
    ),
    check=check,
    good=(
        Example(_cluster("userDefinedRouting")),
        Example(_cluster("none", artifactSource="Cache", containerRegistryId=_ID)),
        Example(_cluster("userAssignedNATGateway"), environment="dev", classification="Protected A"),
    ),
    bad=(
        Example(_cluster("loadBalancer")),
        Example(_cluster("userAssignedNATGateway")),
        Example(_cluster("none", artifactSource="Direct", containerRegistryId=_ID)),
        Example(_cluster("none", artifactSource="Cache")),
        Example(_cluster("managedNATGateway"), environment="dev", classification="Protected A"),
    ),
    breaks=(
        Break(_OUTBOUND, "loadBalancer"),
        Break(_OUTBOUND, ABSENT),
        changing("isolated, and images from elsewhere", (_SOURCE_OF_IMAGES, "Direct"), where=_isolated),
        changing("isolated without a registry", (_REGISTRY, ABSENT), where=_isolated),
    ),
)
