"""AML-006: a person's training machine stops when it is idle."""

from __future__ import annotations

from typing import Any, Final

from policies.durations import duration
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import ML_COMPUTE
from policies.view import Fault, Judged, View

_IDLE: Final = "properties.properties.idleTimeBeforeShutdown"


def applies(compute: View, _context: Context) -> bool:
    """For instances: a person's machine."""
    return compute.word("properties.computeType", absent="") == "computeinstance"


def check(compute: View, context: Context) -> Judged:
    """An idle instance stops within the minutes of the profile."""
    idle = compute.text(_IDLE)
    if not idle:
        yield Fault(_IDLE, "must be set, since an instance runs until somebody stops it")
        return
    minutes = duration(idle, _IDLE).total_seconds() / 60
    most = context.profile.parameters.instance_idle_minutes
    if minutes > most:
        yield Fault(_IDLE, f"is {minutes:g} minutes; it must be at most {most} (instance_idle_minutes)")


def _instance(**inner: Any) -> dict[str, Any]:
    return {"properties": {"computeType": "ComputeInstance", "properties": inner}}


RULE = Rule(
    id="AML-006",
    title="A person's training machine stops when it is idle",
    severity=Severity.HIGH,
    category=Category.COST,
    types=(ML_COMPUTE,),
    controls=("itsg33/SA-2",),
    equivalents={
        "psrule": ("Azure.ML.ComputeIdleShutdown", "AZR-000403"),
        "azure_policy": ("679ddf89-ab8f-48a5-9029-e76054077449",),
    },
    parameters=("instance_idle_minutes",),
    why="A machine with a GPU that runs over a weekend costs as much as a month of use, and nobody notices.",
    fix="Set idleTimeBeforeShutdown, for instance to PT60M (settings: machine_learning.compute_instances).",
    link="https://learn.microsoft.com/azure/machine-learning/how-to-create-compute-instance",
    properties=(
        Property(
            _IDLE, ABSENT, Verdict.FAIL, "Compute, Microsoft.MachineLearningServices 2025-12-01: never stops by itself"
        ),
    ),
    applies=applies,
    check=check,
    good=(
        Example(_instance(idleTimeBeforeShutdown="PT60M")),
        Example(_instance(idleTimeBeforeShutdown="PT1H")),
        Example({"properties": {"computeType": "AmlCompute"}}, title="a cluster scales down instead"),
    ),
    bad=(
        Example(_instance()),
        Example(_instance(idleTimeBeforeShutdown="PT61M")),
        Example(_instance(idleTimeBeforeShutdown="P3D")),
    ),
    breaks=(Break(_IDLE, "P3D", where=lambda compute: "properties" in compute["properties"]),),
)
