"""AKS-002: a public API server answers to named addresses only."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules._faults import changing
from policies.types import CLUSTER
from policies.view import Doubt, Fault, Judged, View, judged_each

_PRIVATE: Final = "apiServerAccessProfile.enablePrivateCluster"
_RANGES: Final = "apiServerAccessProfile.authorizedIPRanges"
# An organization's own block; 0.0.0.0/1 and 128.0.0.0/1 together are everybody as much as 0.0.0.0/0 is.
_SHORTEST_PREFIX: Final = 16


def check(cluster: View, _context: Context) -> Judged:
    """Public: ranges are named and none is wide. Private: none are named, which Azure refuses."""
    if cluster.flag(_PRIVATE):
        yield from cluster.must_not_be_set(_RANGES, "Azure refuses it on a private cluster")
        return
    yield from cluster.must_be_set(_RANGES, "else everybody reaches the API server")
    yield from judged_each(cluster.each(_RANGES), _narrow)


def _narrow(allowed: View) -> Judged:
    try:
        prefix = ip_network(allowed.text("", absent=""), strict=False).prefixlen
    except ValueError:
        yield Doubt(allowed.path, "is no range of addresses that can be read")
        return
    if prefix < _SHORTEST_PREFIX:
        yield Fault(allowed.path, f"is a /{prefix}; it must be /{_SHORTEST_PREFIX} or narrower")


def _public(*ranges: str) -> dict[str, Any]:
    return {"apiServerAccessProfile": {"enablePrivateCluster": False, "authorizedIPRanges": list(ranges)}}


RULE = Rule(
    id="AKS-002",
    severity=Severity.CRITICAL,
    category=Category.NETWORK,
    controls=(
        "itsg33/AC-17(3)",
        "itsg33/SC-7(5)",
        "mcsb/NS-1",
        "cis-aks/5.4.1",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/9",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_6",),
        "psrule": (
            "Azure.AKS.AuthorizedIPs",
            "AZR-000030",
        ),
        "azure_policy": ("0e246bcf-5f6f-4f87-bc6f-775d4712c7ea",),
        "trivy": ("AZU-0041",),
    },
    title="A public API server answers to named addresses only",
    types=(CLUSTER,),
    why=(
        "A public API server without ranges takes sign-in attempts and exploits from the whole internet. A private one "
        "with ranges is refused by Azure, in the middle of an update."
    ),
    fix=(
        "Make the cluster private (AKS-001) and leave authorizedIPRanges out; or name ranges of /16 or narrower, with "
        "the firewall's address among them."
    ),
    link="https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges",
    properties=(
        Property(
            _PRIVATE,
            default=False,
            absent=Verdict.FAIL,
            source="ManagedCluster, Microsoft.ContainerService 2025-09-01: public unless it is asked for (not re-read)",
        ),
        Property(
            _RANGES,
            default=ABSENT,
            absent=Verdict.FAIL,
            source="learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges: without ranges all (not re-read)",
        ),
    ),
    check=check,
    good=(
        Example({"apiServerAccessProfile": {"enablePrivateCluster": True}}),
        Example(_public("203.0.113.0/24", "198.51.100.7"), title="public, to named ranges"),
    ),
    bad=(
        Example(_public()),
        Example(_public("203.0.113.0/24", "0.0.0.0/0")),
        Example(_public("203.0.113.0/24", "128.0.0.0/1"), title="half of the internet"),
        Example(_public("203.0.0.0/15"), title="the first that is too wide"),
        Example(
            {"apiServerAccessProfile": {"enablePrivateCluster": True, "authorizedIPRanges": ["203.0.113.0/24"]}},
            title="Azure refuses the two together",
        ),
    ),
    breaks=(
        changing(
            "public, and no range is named",
            (_PRIVATE, False),
            where=lambda cluster: not cluster.has(_RANGES),
            companions=("AKS-001",),
        ),
        Break(_RANGES, ["203.0.113.0/24", "0.0.0.0/0"]),
        changing("no range is named", (_RANGES, ABSENT), where=lambda cluster: cluster.has(_RANGES)),
    ),
)
