"""AML-013: an ML workspace sends Microsoft as little diagnostic data as it can."""

from __future__ import annotations

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import ML_WORKSPACE
from policies.view import Judged, View


def applies(_workspace: View, context: Context) -> bool:
    """Where the classification demands it."""
    return context.profile.demands.high_business_impact


def check(workspace: View, _context: Context) -> Judged:
    """`hbiWorkspace` is true."""
    yield from workspace.must_be("hbiWorkspace", True)


RULE = Rule(
    id="AML-013",
    title="An ML workspace sends Microsoft as little diagnostic data as it can",
    severity=Severity.MEDIUM,
    category=Category.PRIVACY,
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
    why="Azure ML sends Microsoft diagnostic data of jobs, in which names and values of the data may stand.",
    fix="Create the workspace with hbiWorkspace true; it can't be switched on later (settings: "
    "machine_learning.high_business_impact).",
    link="https://learn.microsoft.com/azure/machine-learning/concept-data-encryption",
    properties=(
        Property(
            "hbiWorkspace",
            False,
            Verdict.FAIL,
            "Workspace, Microsoft.MachineLearningServices 2025-12-01: false unless it is true",
        ),
    ),
    applies=applies,
    check=check,
    good=(Example({"hbiWorkspace": True}), Example({"hbiWorkspace": False}, classification="Protected A")),
    bad=(Example({"hbiWorkspace": False}), Example({})),
    breaks=(
        Break("hbiWorkspace", ABSENT, where=lambda workspace: workspace["hbiWorkspace"] is True),
        Break("hbiWorkspace", False),
    ),
)
