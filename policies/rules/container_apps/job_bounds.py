"""CAPP-004: jobs end, and not too many run at once."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import CONTAINER_JOB
from policies.view import Judged, View

_TIMEOUT: Final = "configuration.replicaTimeout"
_MOST: Final = "configuration.eventTriggerConfig.scale.maxExecutions"


def check(job: View, context: Context) -> Judged:
    """Seconds of one run; runs that events start at the same time."""
    parameters = context.profile.parameters
    yield from job.must_be_between(_TIMEOUT, 1, parameters.job_hours * 3600)
    if job.word("configuration.triggerType") == "event":
        yield from job.must_be_between(_MOST, None, parameters.job_executions)


def _job(seconds: int = 3600, most: int = 5, trigger: str = "Event") -> dict[str, Any]:
    events = {"scale": {"maxExecutions": most}}
    return {"configuration": {"replicaTimeout": seconds, "triggerType": trigger, "eventTriggerConfig": events}}


def _by_event(job: Any) -> bool:
    return bool(job["configuration"]["triggerType"] == "Event")


_API: Final = "Job, Microsoft.App 2025-02-02-preview"

RULE = Rule(
    id="CAPP-004",
    title="Jobs end, and not too many run at once",
    severity=Severity.LOW,
    category=Category.COST,
    types=(CONTAINER_JOB,),
    controls=("itsg33/SC-6", "itsg33/SC-5"),
    parameters=("job_hours", "job_executions"),
    why="Each event starts a run: a hundred at once are Azure's default, and one that hangs is paid until it is found.",
    fix="Set replicaTimeout and eventTriggerConfig.scale.maxExecutions to what the profile allows.",
    link="https://learn.microsoft.com/azure/container-apps/jobs",
    properties=(
        Property(_TIMEOUT, ABSENT, Verdict.FAIL, f"{_API}: required"),
        Property("configuration.triggerType", ABSENT, Verdict.PASS, f"{_API}: required"),
        Property(_MOST, 100, Verdict.FAIL, f"{_API}: 100"),
    ),
    check=check,
    good=(Example(_job()), Example(_job(1800, 100, "Schedule"), environment="dev")),
    bad=(Example(_job(7 * 3600)), Example(_job(most=11)), Example(_job(0))),
    breaks=(
        Break(_TIMEOUT, 86400),
        Break(_TIMEOUT, ABSENT),
        Break(_MOST, 100, where=_by_event),
        Break("configuration.eventTriggerConfig", ABSENT, where=_by_event),
        Break("configuration.triggerType", "event", where=lambda job: not _by_event(job)),
    ),
)
