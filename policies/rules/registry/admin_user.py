"""ACR-001: a registry has no admin user."""

from __future__ import annotations

from policies.rule import Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import REGISTRY
from policies.view import Judged, View


def check(registry: View, _context: Context) -> Judged:
    """`adminUserEnabled` is not true."""
    yield from registry.must_be("adminUserEnabled", False)


RULE = Rule(
    id="ACR-001",
    title="A registry has no admin user",
    severity=Severity.HIGH,
    category=Category.IDENTITY,
    types=(REGISTRY,),
    controls=(
        "itsg33/IA-2",
        "itsg33/IA-5",
        "mcsb/IM-1",
        "cis-aks/5.1.2",
        "hipaa/164.312(d)",
        "gdpr/32(1)(b)",
        "gc-guardrails/2",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_137",),
        "psrule": ("Azure.ACR.AdminUser", "AZR-000005"),
        "azure_policy": ("dc921057-6b28-4fbe-9b83-f7bec05db6c2",),
    },
    why="The admin user is one password for push and pull that everybody shares: nothing tells who pushed an image.",
    fix="Set adminUserEnabled to false; people and identities get AcrPull or AcrPush instead.",
    link="https://learn.microsoft.com/azure/container-registry/container-registry-authentication",
    properties=(
        Property(
            "adminUserEnabled",
            False,
            Verdict.PASS,
            "Registry, Microsoft.ContainerRegistry 2023-01-01-preview: off unless it is true",
        ),
    ),
    check=check,
    good=(Example({"adminUserEnabled": False}),),
    bad=(Example({"adminUserEnabled": True}),),
    breaks=(Break("adminUserEnabled", True),),
)
