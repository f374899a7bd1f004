"""AKS-020: a cluster survives the loss of a zone, and Azure promises its API server."""

from __future__ import annotations

from typing import Any, Final

from facts.regions import regions
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules._faults import changing
from policies.types import CLUSTER
from policies.view import Fault, Judged, View, guarded

_FEWEST_ZONES: Final = 2


def applies(_cluster: View, context: Context) -> bool:
    """Where somebody relies on the cluster."""
    return context.profile.parameters.zone_redundant_clusters


def check(cluster: View, _context: Context) -> Judged:
    """A tier with an SLA; system pools over two zones at least where the region has any."""
    yield from cluster.must_be_one_of("sku.tier", ("Standard", "Premium"))
    region = regions().get(cluster.word("location", absent="").replace(" ", ""))
    if region is not None and not region.zones:
        return
    for pool in cluster.each("agentPoolProfiles"):
        yield from guarded(_spread(pool))


def _spread(pool: View) -> Judged:
    if pool.word("mode", absent="") == "system":
        zones = set(pool.texts("availabilityZones"))
        if len(zones) < _FEWEST_ZONES:
            yield Fault(f"{pool.path}.availabilityZones", f"has {len(zones)} zones; there must be {_FEWEST_ZONES}")


def _cluster(tier: str, zones: list[str], location: str = "canadacentral") -> dict[str, Any]:
    pools = [{"name": "system", "mode": "System", "availabilityZones": zones}, {"name": "extra", "mode": "User"}]
    return {"location": location, "sku": {"name": "Base", "tier": tier}, "agentPoolProfiles": pools}


RULE = Rule(
    id="AKS-020",
    severity=Severity.MEDIUM,
    category=Category.RESILIENCE,
    controls=("itsg33/CP-10", "itsg33/CP-7", "mcsb/BR-1", "gdpr/32(1)(b)", "gc-guardrails/13", "popa/10"),
    equivalents={
        "checkov": ("CKV_AZURE_170",),
        "psrule": (
            "Azure.AKS.UptimeSLA",
            "Azure.AKS.AvailabilityZone",
            "AZR-000285",
            "AZR-000021",
        ),
    },
    title="A cluster survives the loss of a zone, with an SLA",
    types=(CLUSTER,),
    applies=applies,
    parameters=("zone_redundant_clusters",),
    why=(
        "With its system pool in one zone the cluster is down with that zone; in the free tier nobody promises that "
        "the API server answers, and it is smaller."
    ),
    fix="Set sku.tier to Standard and availabilityZones of system pools to two or more (at creation only) (settings: "
    "cluster.tier, cluster.system_pool.zones).",
    link="https://learn.microsoft.com/azure/aks/free-standard-pricing-tiers",
    properties=(
        Property(
            "sku.tier",
            default="Free",
            absent=Verdict.FAIL,
            source="ManagedClusterSKU, Microsoft.ContainerService 2025-09-01: the default is Free",
        ),
        Property(
            "agentPoolProfiles[*].availabilityZones",
            default=ABSENT,
            absent=Verdict.FAIL,
            source="ManagedClusterAgentPoolProfile, Microsoft.ContainerService 2025-09-01: no zone (not re-read)",
        ),
    ),
    check=check,
    good=(
        Example(_cluster("Standard", ["1", "2"])),
        Example(_cluster("premium", [], "Canada East"), title="a region without zones"),
        Example(_cluster("Free", []), environment="dev"),
    ),
    bad=(
        Example(_cluster("Free", ["1", "2"])),
        Example(_cluster("Standard", ["1"])),
        Example(_cluster("Standard", ["1", "1"]), title="the same zone twice"),
        Example(_cluster("Standard", [], "somewhere"), title="a region that we don't know"),
    ),
    breaks=(
        Break("sku.tier", "Free"),
        Break("sku", ABSENT),
        changing(
            "one zone",
            ("agentPoolProfiles[*].availabilityZones", ["1"]),
            where=lambda cluster: cluster.text("location", absent="") == "canadacentral",
        ),
    ),
)
