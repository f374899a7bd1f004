"""AKS-022: nobody changes what AKS made for its nodes, and old images leave them."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import CLUSTER
from policies.view import Judged, View

_LOCKDOWN: Final = "nodeResourceGroupProfile.restrictionLevel"
_CLEANER: Final = "securityProfile.imageCleaner.enabled"


def check(cluster: View, _context: Context) -> Judged:
    """The group of the nodes is read-only; the image cleaner is on."""
    yield from cluster.must_be(_LOCKDOWN, "ReadOnly")
    yield from cluster.must_be(_CLEANER, True)


def _cluster(level: str = "ReadOnly", cleans: bool = True) -> dict[str, Any]:
    return {
        "nodeResourceGroupProfile": {"restrictionLevel": level},
        "securityProfile": {"imageCleaner": {"enabled": cleans}},
    }


RULE = Rule(
    id="AKS-022",
    severity=Severity.MEDIUM,
    category=Category.GOVERNANCE,
    controls=("itsg33/CM-5", "itsg33/CM-7", "mcsb/PV-2", "gdpr/32(1)(b)", "popa/10"),
    equivalents={"azure_policy": ("af3c26b2-6fad-493e-9236-9c68928516ab",)},
    title="Nobody changes nodes past the cluster, and unused images leave them",
    types=(CLUSTER,),
    why=(
        "Whoever may write in the node resource group runs commands on nodes as root, past Kubernetes and its logs. "
        "Images that nothing uses keep their holes on every node."
    ),
    fix="Set nodeResourceGroupProfile.restrictionLevel to ReadOnly and securityProfile.imageCleaner.enabled to true "
    "(settings: cluster.image_cleaner_hours).",
    link="https://learn.microsoft.com/azure/aks/node-resource-group-lockdown",
    properties=(
        Property(
            _LOCKDOWN,
            default="Unrestricted",
            absent=Verdict.FAIL,
            source="ManagedClusterNodeResourceGroupProfile, Microsoft.ContainerService 2025-09-01: Unrestricted",
        ),
        Property(
            _CLEANER,
            default=False,
            absent=Verdict.FAIL,
            source="ManagedClusterSecurityProfile, Microsoft.ContainerService 2025-09-01: off (not re-read)",
        ),
    ),
    check=check,
    good=(Example(_cluster()),),
    bad=(Example(_cluster("Unrestricted")), Example(_cluster(cleans=False))),
    breaks=(
        Break(_LOCKDOWN, "Unrestricted"),
        Break("nodeResourceGroupProfile", ABSENT),
        Break(_CLEANER, False),
        Break("securityProfile.imageCleaner", ABSENT),
    ),
)
