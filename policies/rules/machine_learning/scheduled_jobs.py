"""AML-016: a scheduled job ends, and works as an identity of its own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from policies.durations import duration
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import ML_SCHEDULE
from policies.view import Fault, Judged, View, guarded

_JOB: Final = "properties.action.jobDefinition"
_TIMEOUT: Final = f"{_JOB}.limits.timeout"
_WHO: Final = f"{_JOB}.identity.identityType"


def applies(schedule: View, _context: Context) -> bool:
    """To schedules that start a job; others watch a model, on machines of Azure that end by themselves."""
    return schedule.word("properties.action.actionType", absent="") == "createjob"


def check(schedule: View, context: Context) -> Judged:
    """A longest time; an identity that is not whoever made the schedule."""
    yield from guarded(_ends(schedule, timedelta(hours=context.profile.parameters.training_hours)))
    yield from schedule.must_be(_WHO, "Managed", "else it works as the person who made it, and stops with them")


def _ends(schedule: View, longest: timedelta) -> Judged:
    found = schedule.text(_TIMEOUT)
    if not found:
        yield Fault(_TIMEOUT, "must be set: a job without it runs until somebody stops it")
    elif duration(found, _TIMEOUT) > longest:
        yield Fault(_TIMEOUT, f"must be at most {longest.total_seconds() / 3600:g} hours (training_hours)")


def _schedule(timeout: str | None = "PT12H", who: str = "Managed") -> dict[str, Any]:
    limits = {} if timeout is None else {"timeout": timeout}
    job = {"jobType": "Command", "limits": limits, "identity": {"identityType": who}}
    return {"properties": {"action": {"actionType": "CreateJob", "jobDefinition": job}}}


def _starts(schedule: Any) -> bool:
    return bool(schedule["properties"]["action"]["actionType"] == "CreateJob")


_API: Final = "Schedule, Microsoft.MachineLearningServices 2025-12-01"

RULE = Rule(
    id="AML-016",
    title="A scheduled job ends, and works as an identity of its own",
    severity=Severity.MEDIUM,
    category=Category.COST,
    types=(ML_SCHEDULE,),
    controls=("itsg33/SC-6", "itsg33/SA-2", "itsg33/AC-6"),
    parameters=("training_hours",),
    why="A job that hangs at night on a node with GPUs is paid until somebody looks; one that works as a person "
    "has all that they may.",
    fix="Set jobDefinition.limits.timeout to what a run takes and some, and identity.identityType to Managed "
    "(settings: machine_learning.training).",
    link="https://learn.microsoft.com/azure/machine-learning/how-to-schedule-pipeline-job",
    properties=(
        Property(_TIMEOUT, ABSENT, Verdict.FAIL, f"{_API}: no end (not re-read)"),
        Property(_WHO, ABSENT, Verdict.FAIL, f"{_API}: the credentials of whoever made it (not re-read)"),
    ),
    applies=applies,
    check=check,
    good=(
        Example(_schedule()),
        Example(_schedule("P1D"), environment="dev"),
        Example({"properties": {"action": {"actionType": "CreateMonitor"}}}),
    ),
    bad=(
        Example(_schedule(None)),
        Example(_schedule("P2D")),
        Example(_schedule(who="UserIdentity")),
        Example(_schedule(who="AMLToken"), environment="dev"),
    ),
    breaks=(
        Break(_TIMEOUT, "P30D", where=_starts),
        Break(f"{_JOB}.limits", ABSENT, where=_starts),
        Break(_WHO, "UserIdentity", where=_starts),
        Break(f"{_JOB}.identity", ABSENT, where=_starts),
    ),
)
