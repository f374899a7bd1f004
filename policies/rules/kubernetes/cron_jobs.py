"""K8S-046: a job on a clock waits for the one before, and starts late rather than twice."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules.kubernetes._pods import CRON_JOB
from policies.view import Judged, View

_TOGETHER: Final = "spec.concurrencyPolicy"
_ZONE: Final = "spec.timeZone"


def check(job: View, _context: Context) -> Judged:
    """No two at a time; a time zone, so that the hour is the same in summer and on every cluster."""
    yield from job.must_be_one_of(_TOGETHER, ("Forbid", "Replace"))
    yield from job.must_be_set(_ZONE)


def _job(together: str = "Forbid", zone: str = "America/Edmonton") -> dict[str, Any]:
    return {"metadata": {"name": "nightly"}, "spec": {"concurrencyPolicy": together, "timeZone": zone}}


_API: Final = "Kubernetes API, CronJob batch/v1"

RULE = Rule(
    id="K8S-046",
    title="A job on a clock waits for the one before",
    severity=Severity.LOW,
    category=Category.COST,
    types=(CRON_JOB,),
    controls=("itsg33/SC-5", "itsg33/SC-6"),
    why="A job that hangs is started again every hour beside itself, until the nodes or the money are gone.",
    fix="Set concurrencyPolicy to Forbid (or Replace), and timeZone to that of the people whom the hour is for.",
    link="https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/",
    properties=(
        Property(_TOGETHER, "Allow", Verdict.FAIL, f"{_API}: Allow"),
        Property(_ZONE, ABSENT, Verdict.FAIL, f"{_API}: that of the controller", unknown=Verdict.PASS),
    ),
    check=check,
    good=(Example(_job()), Example(_job("Replace"), environment="dev")),
    bad=(Example(_job("Allow")), Example(_job(zone="")), Example({"spec": {"timeZone": "Etc/UTC"}})),
    breaks=(Break(_TOGETHER, "Allow"), Break(_TOGETHER, ABSENT), Break(_ZONE, ABSENT)),
)
