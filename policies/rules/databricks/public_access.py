"""DBX-001: a Databricks workspace and its clusters have no public address."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import DATABRICKS_WORKSPACE
from policies.view import Judged, View

_NO_PUBLIC_IP: Final = "parameters.enableNoPublicIp.value"


def check(workspace: View, _context: Context) -> Judged:
    """Users and clusters come by private endpoints, and no machine of a cluster has a public address."""
    yield from workspace.must_be("publicNetworkAccess", "Disabled")
    yield from workspace.must_be(
        "requiredNsgRules", "NoAzureDatabricksRules", "else rules lead out to the control plane"
    )
    yield from workspace.must_be(_NO_PUBLIC_IP, True)


def _workspace(*, hidden: bool = True, **changes: Any) -> dict[str, Any]:
    closed = {"publicNetworkAccess": "Disabled", "requiredNsgRules": "NoAzureDatabricksRules"}
    return {**closed, "parameters": {"enableNoPublicIp": {"value": hidden}}, **changes}


_SOURCE: Final = "Workspace, Microsoft.Databricks 2026-01-01 (not re-read)"

RULE = Rule(
    id="DBX-001",
    title="A Databricks workspace and its clusters have no public address",
    severity=Severity.CRITICAL,
    category=Category.NETWORK,
    types=(DATABRICKS_WORKSPACE,),
    controls=(
        "itsg33/SC-7",
        "mcsb/NS-2",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/9",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_158",),
        "psrule": (
            "Azure.Databricks.PublicAccess",
            "AZR-000410",
            "Azure.Databricks.SecureConnectivity",
            "AZR-000393",
        ),
        "azure_policy": ("0e7849de-b939-4c50-ab48-fc6b0f5eeba2", "51c1490f-3319-459c-bbbc-7f391bbed753"),
    },
    why="Notebooks run any code on the data that they see; whoever reaches the workspace needs but one token for it.",
    fix="Set publicNetworkAccess to Disabled, requiredNsgRules to NoAzureDatabricksRules and enableNoPublicIp to true.",
    link="https://learn.microsoft.com/azure/databricks/security/network/classic/private-link",
    properties=(
        Property("publicNetworkAccess", "Enabled", Verdict.FAIL, _SOURCE),
        Property("requiredNsgRules", "AllRules", Verdict.FAIL, _SOURCE),
        Property(
            _NO_PUBLIC_IP,
            ABSENT,
            Verdict.FAIL,
            "Workspace, Microsoft.Databricks: differs between versions, so it must be written (not re-read)",
        ),
    ),
    check=check,
    good=(Example(_workspace()), Example(_workspace(publicNetworkAccess="disabled"), environment="dev")),
    bad=(
        Example(_workspace(publicNetworkAccess="Enabled")),
        Example(_workspace(requiredNsgRules="AllRules")),
        Example(_workspace(requiredNsgRules="NoAzureServiceRules")),
        Example(_workspace(hidden=False)),
    ),
    breaks=(
        Break("publicNetworkAccess", "Enabled"),
        Break("publicNetworkAccess", ABSENT),
        Break("requiredNsgRules", "AllRules"),
        Break("requiredNsgRules", ABSENT),
        Break(_NO_PUBLIC_IP, False),
        Break("parameters.enableNoPublicIp", ABSENT),
    ),
)
