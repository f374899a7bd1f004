"""AML-002: what runs in an ML workspace reaches approved destinations only."""

from __future__ import annotations

from typing import Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import ML_WORKSPACE
from policies.view import Judged, View


def applies(workspace: View, _context: Context) -> bool:
    """A project has the network of its hub."""
    return workspace.word("kind", absent="Default") != "project"


def check(workspace: View, _context: Context) -> Judged:
    """The managed network lets out approved destinations only, and so does serverless compute without an address."""
    yield from workspace.must_be("managedNetwork.isolationMode", "AllowOnlyApprovedOutbound")
    if workspace.has("serverlessComputeSettings"):
        yield from workspace.must_be("serverlessComputeSettings.serverlessComputeNoPublicIP", True)


_MODE: Final = "managedNetwork.isolationMode"

RULE = Rule(
    id="AML-002",
    title="What runs in an ML workspace reaches approved destinations only",
    severity=Severity.CRITICAL,
    category=Category.NETWORK,
    types=(ML_WORKSPACE,),
    controls=(
        "itsg33/SC-7(5)",
        "itsg33/AC-4",
        "mcsb/NS-2",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/9",
        "popa/10",
        "hia/60",
    ),
    equivalents={"checkov": ("CKV_AZURE_243",), "azure_policy": ("6ddb1705-c8cf-450e-aa4b-19ad6703c440",)},
    why="Training code comes from everywhere; what it reads it can send wherever the network lets it.",
    fix="Set managedNetwork.isolationMode to AllowOnlyApprovedOutbound and add a rule for each destination.",
    link="https://learn.microsoft.com/azure/machine-learning/how-to-managed-network",
    properties=(
        Property(
            _MODE,
            "Disabled",
            Verdict.FAIL,
            "learn.microsoft.com/azure/machine-learning/how-to-managed-network: no network",
        ),
        Property(
            "serverlessComputeSettings.serverlessComputeNoPublicIP",
            False,
            Verdict.FAIL,
            "Workspace, Microsoft.MachineLearningServices 2025-12-01: nodes have addresses unless it is true",
        ),
    ),
    applies=applies,
    check=check,
    good=(
        Example({"managedNetwork": {"isolationMode": "allowOnlyApprovedOutbound"}}),
        Example(
            {
                "managedNetwork": {"isolationMode": "AllowOnlyApprovedOutbound"},
                "serverlessComputeSettings": {"serverlessComputeNoPublicIP": True},
            }
        ),
    ),
    bad=(
        Example({"managedNetwork": {"isolationMode": "AllowInternetOutbound"}}),
        Example({"managedNetwork": {"isolationMode": "Disabled"}}),
        Example({}),
        Example(
            {
                "managedNetwork": {"isolationMode": "AllowOnlyApprovedOutbound"},
                "serverlessComputeSettings": {"serverlessComputeNoPublicIP": False},
            }
        ),
    ),
    breaks=(
        Break(_MODE, "AllowInternetOutbound"),
        Break("managedNetwork", ABSENT),
        Break("serverlessComputeSettings", {"serverlessComputeNoPublicIP": False}),
    ),
)
