"""ACR-005: images can't be exported from a registry."""

from __future__ import annotations

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import REGISTRY
from policies.view import Judged, View

# Tokens of Azure Resource Manager (policies.azureADAuthenticationAsArmPolicy) are not judged: kubelets may pull with
# them, and no page says that they don't (looked for on 2026-11-25).


def check(registry: View, _context: Context) -> Judged:
    """`policies.exportPolicy.status` is disabled."""
    yield from registry.must_be("policies.exportPolicy.status", "disabled")


RULE = Rule(
    id="ACR-005",
    title="Images can't be exported from a registry",
    severity=Severity.MEDIUM,
    category=Category.SUPPLY_CHAIN,
    types=(REGISTRY,),
    controls=("itsg33/AC-4", "itsg33/SC-7(10)", "hipaa/164.312(e)(1)", "gdpr/32(1)(b)", "popa/10", "hia/60"),
    equivalents={
        "psrule": ("Azure.ACR.ExportPolicy",),
        "azure_policy": ("524b0254-c285-4903-bee6-bb8126cde579", "42781ec6-6127-4c30-bdfa-fb423a0047d3"),
    },
    why="Whoever may manage a closed registry could still import its images into a registry of another tenant.",
    fix="Set policies.exportPolicy.status to disabled; Azure takes it where public access is disabled.",
    link="https://learn.microsoft.com/azure/container-registry/data-loss-prevention",
    properties=(
        Property(
            "policies.exportPolicy.status",
            "enabled",
            Verdict.FAIL,
            "Registry, Microsoft.ContainerRegistry 2023-01-01-preview: enabled unless disabled",
        ),
    ),
    check=check,
    good=(Example({"policies": {"exportPolicy": {"status": "disabled"}}}),),
    bad=(Example({"policies": {"exportPolicy": {"status": "enabled"}}}), Example({"policies": {}})),
    breaks=(Break("policies.exportPolicy.status", "enabled"), Break("policies.exportPolicy", ABSENT)),
)
