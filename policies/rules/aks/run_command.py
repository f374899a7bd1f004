"""AKS-003: nobody runs commands in a private cluster through Azure's API."""

from __future__ import annotations

from typing import Final

from policies.rule import Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import CLUSTER
from policies.view import Judged, View

_OFF: Final = "apiServerAccessProfile.disableRunCommand"


def check(cluster: View, _context: Context) -> Judged:
    """`disableRunCommand` is true."""
    yield from cluster.must_be(_OFF, True)


RULE = Rule(
    id="AKS-003",
    severity=Severity.HIGH,
    category=Category.IDENTITY,
    controls=(
        "itsg33/AC-17",
        "itsg33/CM-7",
        "mcsb/PV-2",
        "cis-aks/5.4.1",
        "hipaa/164.312(a)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/2",
        "popa/10",
        "hia/60",
    ),
    equivalents={"azure_policy": ("89f2d532-c53c-4f8f-9afa-4927b1114a0d",)},
    title="Nobody runs commands in a cluster through Azure's API",
    types=(CLUSTER,),
    why=(
        "`az aks command invoke` starts a pod with the rights of cluster administrators from anywhere that reaches "
        "management.azure.com: the private address of the API server protects nothing then."
    ),
    fix="Set apiServerAccessProfile.disableRunCommand to true; work from inside the network instead.",
    link="https://learn.microsoft.com/azure/aks/access-private-cluster",
    properties=(
        Property(
            _OFF,
            default=False,
            absent=Verdict.FAIL,
            source="ManagedCluster, Microsoft.ContainerService 2025-09-01: on unless it is true (not re-read)",
        ),
    ),
    check=check,
    good=(Example({"apiServerAccessProfile": {"disableRunCommand": True}}),),
    bad=(Example({"apiServerAccessProfile": {"disableRunCommand": False}}), Example({})),
    breaks=(Break(_OFF, False),),
)
