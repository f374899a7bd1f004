"""AML-007: a training cluster costs nothing while it is idle, and has a limit."""

from __future__ import annotations

from typing import Any, Final

from policies.durations import duration
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import ML_COMPUTE
from policies.view import Fault, Judged, View

_INNER: Final = "properties.properties"
_SCALE: Final = f"{_INNER}.scaleSettings"
_IDLE: Final = f"{_SCALE}.nodeIdleTimeBeforeScaleDown"


def applies(compute: View, _context: Context) -> bool:
    """For clusters that Azure ML makes."""
    return compute.word("properties.computeType", absent="") == "amlcompute"


def check(compute: View, context: Context) -> Judged:
    """A cluster has no node while idle, no more than the profile allows, and interruptible ones where it says so."""
    parameters = context.profile.parameters
    yield from compute.must_be(f"{_SCALE}.minNodeCount", 0)
    yield from compute.must_be_between(f"{_SCALE}.maxNodeCount", 0, parameters.training_nodes)
    if parameters.interruptible_training:
        yield from compute.must_be(f"{_INNER}.vmPriority", "LowPriority")
    idle = duration(compute.text(_IDLE), _IDLE).total_seconds() / 60
    if idle > parameters.training_idle_minutes:
        yield Fault(
            _IDLE, f"is {idle:g} minutes; it must be at most {parameters.training_idle_minutes} (training_idle_minutes)"
        )


def _cluster(nodes: int = 2, least: int = 0, idle: str = "PT5M", priority: str = "Dedicated") -> dict[str, Any]:
    scale = {"minNodeCount": least, "maxNodeCount": nodes, "nodeIdleTimeBeforeScaleDown": idle}
    inner = {"scaleSettings": scale, "vmPriority": priority}
    return {"properties": {"computeType": "AmlCompute", "properties": inner}}


RULE = Rule(
    id="AML-007",
    title="A training cluster costs nothing while it is idle, and has a limit",
    severity=Severity.HIGH,
    category=Category.COST,
    types=(ML_COMPUTE,),
    controls=("itsg33/SA-2", "itsg33/SC-6"),
    parameters=("training_nodes", "interruptible_training", "training_idle_minutes"),
    why="One node with eight GPUs that is kept for nothing costs more in a month than all of its jobs.",
    fix="Set minNodeCount to 0, maxNodeCount within the profile, and nodeIdleTimeBeforeScaleDown to a few minutes "
    "(settings: machine_learning.compute_clusters).",
    link="https://learn.microsoft.com/azure/machine-learning/how-to-manage-optimize-cost",
    properties=(
        Property(
            f"{_SCALE}.minNodeCount",
            0,
            Verdict.PASS,
            "Compute, Microsoft.MachineLearningServices 2025-12-01: 0 where nothing is set",
        ),
        Property(
            f"{_SCALE}.maxNodeCount",
            ABSENT,
            Verdict.FAIL,
            "Compute, Microsoft.MachineLearningServices 2025-12-01: required",
        ),
        Property(
            _IDLE,
            "PT120S",
            Verdict.PASS,
            "learn.microsoft.com/azure/machine-learning/reference-yaml-compute-aml: 120 seconds",
        ),
        Property(
            f"{_INNER}.vmPriority",
            "Dedicated",
            Verdict.FAIL,
            "Compute, Microsoft.MachineLearningServices 2025-12-01: dedicated where nothing is set",
        ),
    ),
    applies=applies,
    check=check,
    good=(
        Example(_cluster(8)),
        Example(_cluster(2, priority="lowpriority"), environment="dev"),
        Example({"properties": {"computeType": "ComputeInstance"}}),
    ),
    bad=(
        Example(_cluster(least=1)),
        Example(_cluster(9)),
        Example(_cluster(idle="PT16M")),
        Example(_cluster(2), environment="dev", title="dedicated in dev"),
    ),
    breaks=(
        Break(f"{_SCALE}.minNodeCount", 1),
        Break(f"{_SCALE}.maxNodeCount", 1000),
        Break(_IDLE, "PT2H"),
    ),
)
