"""AML-001: an ML workspace is reached through private endpoints only."""

from __future__ import annotations

from typing import Any

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import ML_WORKSPACE
from policies.view import Judged, View


def applies(workspace: View, _context: Context) -> bool:
    """A project has the network of its hub."""
    return workspace.word("kind", absent="Default") != "project"


def check(workspace: View, _context: Context) -> Judged:
    """Public access is off, without the exception for networks, and without the mode that bypasses Resource Manager."""
    yield from workspace.must_be("publicNetworkAccess", "Disabled")
    yield from workspace.must_be("allowPublicAccessWhenBehindVnet", False)
    yield from workspace.must_be("v1LegacyMode", False)


def _workspace(**changes: Any) -> dict[str, Any]:
    closed = {"publicNetworkAccess": "Disabled", "allowPublicAccessWhenBehindVnet": False, "v1LegacyMode": False}
    return {**closed, **changes}


RULE = Rule(
    id="AML-001",
    title="An ML workspace is reached through private endpoints only",
    severity=Severity.CRITICAL,
    category=Category.NETWORK,
    types=(ML_WORKSPACE,),
    controls=(
        "itsg33/SC-7",
        "itsg33/AC-17",
        "mcsb/NS-2",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/9",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV2_AZURE_49",),
        "psrule": ("Azure.ML.PublicAccess", "AZR-000406"),
        "azure_policy": ("438c38d2-3772-465a-a9cc-7a6666a275ce",),
    },
    why="In a workspace people run any code on the data that it sees; an open one needs but a stolen token.",
    fix="Set publicNetworkAccess to Disabled, leave the two other switches off, and add a private endpoint.",
    link="https://learn.microsoft.com/azure/machine-learning/how-to-configure-private-link",
    properties=(
        Property(
            "publicNetworkAccess",
            "Enabled",
            Verdict.FAIL,
            "Workspace, Microsoft.MachineLearningServices 2025-12-01: enabled where nothing is set (not re-read)",
        ),
        Property(
            "allowPublicAccessWhenBehindVnet",
            False,
            Verdict.PASS,
            "Workspace, Microsoft.MachineLearningServices 2025-12-01: false unless it is set",
        ),
        Property(
            "v1LegacyMode",
            False,
            Verdict.PASS,
            "Workspace, Microsoft.MachineLearningServices 2025-12-01: false unless it is set",
        ),
    ),
    applies=applies,
    check=check,
    good=(Example(_workspace()), Example({"kind": "Project"}, title="its hub decides")),
    bad=(
        Example(_workspace(publicNetworkAccess="Enabled")),
        Example(_workspace(allowPublicAccessWhenBehindVnet=True)),
        Example(_workspace(v1LegacyMode=True)),
        Example({}),
    ),
    breaks=(
        Break("publicNetworkAccess", "Enabled", where=lambda workspace: workspace.get("kind") != "Project"),
        Break("publicNetworkAccess", ABSENT, where=lambda workspace: workspace.get("kind") != "Project"),
        Break("allowPublicAccessWhenBehindVnet", True, where=lambda workspace: workspace.get("kind") != "Project"),
        Break("v1LegacyMode", True, where=lambda workspace: workspace.get("kind") != "Project"),
    ),
)
