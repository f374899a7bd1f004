"""ACR-002: nobody pulls from a registry without signing in."""

from __future__ import annotations

from policies.rule import Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import REGISTRY
from policies.view import Judged, View


def check(registry: View, _context: Context) -> Judged:
    """`anonymousPullEnabled` is not true."""
    yield from registry.must_be("anonymousPullEnabled", False)


RULE = Rule(
    id="ACR-002",
    title="Nobody pulls from a registry without signing in",
    severity=Severity.CRITICAL,
    category=Category.IDENTITY,
    types=(REGISTRY,),
    controls=(
        "itsg33/AC-3",
        "itsg33/AC-14",
        "mcsb/IM-1",
        "cis-aks/5.1.2",
        "hipaa/164.312(a)(1)",
        "gdpr/32(1)(b)",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_138",),
        "psrule": ("Azure.ACR.AnonymousAccess", "AZR-000401"),
        "azure_policy": ("9f2dea28-e834-476c-99c5-3507b4728395",),
    },
    why="Images hold the code and the models of ministries; anonymous pull shows them to everybody.",
    fix="Set anonymousPullEnabled to false; what pulls gets the role AcrPull.",
    link="https://learn.microsoft.com/azure/container-registry/anonymous-pull-access",
    properties=(
        Property(
            "anonymousPullEnabled",
            False,
            Verdict.PASS,
            "Registry, Microsoft.ContainerRegistry 2023-01-01-preview: off unless it is true",
        ),
    ),
    check=check,
    good=(Example({"anonymousPullEnabled": False}),),
    bad=(Example({"anonymousPullEnabled": True}),),
    breaks=(Break("anonymousPullEnabled", True),),
)
