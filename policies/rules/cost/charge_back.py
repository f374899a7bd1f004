"""COST-009: what runs in a cluster says which team pays for it."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import NAMESPACE
from policies.view import Judged, View

_TEAM: Final = "metadata.labels[platform.gov/team]"


def applies(view: View, context: Context) -> bool:
    """Not where the platform's own controllers run, which all teams pay for."""
    return view.text("metadata.name", absent="") not in context.profile.parameters.platform_namespaces


def check(namespace: View, _context: Context) -> Judged:
    """The label by which costs are split."""
    yield from namespace.must_be_set(_TEAM, "so that its costs are somebody's")


def _namespace(team: str | None, name: str = "fraud", **options: Any) -> Example:
    labels = {"pod-security.kubernetes.io/enforce": "restricted"}
    own = labels if team is None else {**labels, "platform.gov/team": team}
    return Example({"metadata": {"name": name, "labels": own}}, **options)


RULE = Rule(
    id="COST-009",
    title="What runs in a cluster says which team pays for it",
    severity=Severity.LOW,
    category=Category.COST,
    types=(NAMESPACE,),
    applies=applies,
    controls=("itsg33/SA-2", "itsg33/CM-8", "mcsb/AM-1"),
    parameters=("platform_namespaces",),
    why="Tags end at the cluster: the nodes are one bill, and only namespaces tell whose jobs kept the GPUs running.",
    fix="Label the namespace platform.gov/team with the team that pays for what runs there.",
    link="https://learn.microsoft.com/azure/aks/cost-analysis",
    properties=(
        Property(
            _TEAM, ABSENT, Verdict.FAIL, "core/v1 Namespace: no label but its name (not re-read)", unknown=Verdict.PASS
        ),
    ),
    check=check,
    good=(
        _namespace("fraud"),
        _namespace(None, parameters={"platform_namespaces": ("fraud",)}, title="the platform's own"),
    ),
    bad=(_namespace(None), _namespace("")),
    breaks=(Break(_TEAM, ABSENT), Break(_TEAM, "")),
)
