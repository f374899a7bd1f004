"""AML-004: an ML workspace is encrypted with a key of our own."""

from __future__ import annotations

from typing import Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import ML_WORKSPACE
from policies.view import Judged, View


def applies(workspace: View, context: Context) -> bool:
    """Where the classification demands keys of our own; a project has the key of its hub."""
    return context.profile.demands.customer_keys and workspace.word("kind", absent="Default") != "project"


def check(workspace: View, _context: Context) -> Judged:
    """Encryption is enabled with a key of our own."""
    yield from workspace.must_be("encryption.status", "Enabled")
    yield from workspace.must_be_set("encryption.keyVaultProperties.keyIdentifier")


_KEY: Final = {"keyIdentifier": "https://v.vault.azure.net/keys/ml/1", "keyVaultArmId": "/subscriptions/s/…/kv"}

RULE = Rule(
    id="AML-004",
    title="An ML workspace is encrypted with a key of our own",
    severity=Severity.HIGH,
    category=Category.ENCRYPTION,
    types=(ML_WORKSPACE,),
    controls=(
        "itsg33/SC-28(1)",
        "itsg33/SC-12",
        "mcsb/DP-5",
        "hipaa/164.312(a)(2)(iv)",
        "gdpr/32(1)(a)",
        "gc-guardrails/6",
        "popa/10",
        "hia/60",
    ),
    equivalents={"azure_policy": ("ba769a63-b8cc-4b2d-abf6-ac33c7204be8",)},
    why="A workspace keeps metrics, logs and names of data at Microsoft; only our key takes them away from everybody.",
    fix="Create the workspace with encryption.status Enabled and the key's address; it can't be switched on later "
    "(settings: machine_learning.customer_key).",
    link="https://learn.microsoft.com/azure/machine-learning/concept-customer-managed-keys",
    properties=(
        Property(
            "encryption.status",
            "Disabled",
            Verdict.FAIL,
            "Workspace, Microsoft.MachineLearningServices 2025-12-01: Microsoft's key",
        ),
        Property(
            "encryption.keyVaultProperties.keyIdentifier",
            ABSENT,
            Verdict.FAIL,
            "Workspace, Microsoft.MachineLearningServices 2025-12-01: none",
            unknown=Verdict.PASS,
        ),
    ),
    applies=applies,
    check=check,
    good=(
        Example({"encryption": {"status": "Enabled", "keyVaultProperties": _KEY}}),
        Example({}, classification="Protected A"),
    ),
    bad=(
        Example({}),
        Example({"encryption": {"status": "Disabled", "keyVaultProperties": _KEY}}),
        Example({"encryption": {"status": "Enabled"}}),
    ),
    breaks=(
        Break("encryption", ABSENT),
        Break("encryption.status", "Disabled"),
        Break("encryption.keyVaultProperties", ABSENT),
    ),
)
