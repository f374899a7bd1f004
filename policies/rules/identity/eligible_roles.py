"""IAM-013: a role that people can activate ends by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from policies.durations import duration
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import ROLE_ELIGIBILITY
from policies.values import UnjudgeableError
from policies.view import Fault, Judged, View, guarded

_KIND: Final = "scheduleInfo.expiration.type"
_START: Final = "scheduleInfo.startDateTime"
_END: Final = "scheduleInfo.expiration.endDateTime"
_DURATION: Final = "scheduleInfo.expiration.duration"


def check(schedule: View, context: Context) -> Judged:
    """It ends on a day or after a time, which is no longer than the profile allows."""
    yield from schedule.must_be_one_of(_KIND, ("AfterDuration", "AfterDateTime"), "or it outlives the job")
    yield from guarded(_length(schedule, context.profile.parameters.eligible_role_days))


def _length(schedule: View, most: int) -> Judged:
    kind = schedule.word(_KIND)
    if kind == "afterdatetime":
        yield from _until(schedule, most)
    if kind != "afterduration":
        return
    text = schedule.text(_DURATION)
    if not text:
        yield Fault(_DURATION, "must be set")
    elif duration(text, _DURATION) > timedelta(days=most):
        yield Fault(_DURATION, f"is longer than {most} days")


def _until(schedule: View, most: int) -> Judged:
    texts = {path: schedule.text(path) for path in (_START, _END)}
    for path, text in texts.items():
        if not text:
            yield Fault(path, "must be set: without both days nobody can tell for how long it is")
    if all(texts.values()) and _day(texts[_END], _END) - _day(texts[_START], _START) > timedelta(days=most):
        yield Fault(_END, f"is more than {most} days after its start")


def _day(text: str, path: str) -> datetime:
    try:
        found = datetime.fromisoformat(text.upper())
    except ValueError:
        raise UnjudgeableError(path, "is no date") from None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def _between(start: str | None, end: str | None) -> dict[str, Any]:
    expiration = {"type": "AfterDateTime", "endDateTime": end}
    return {"scheduleInfo": {"startDateTime": start, "expiration": expiration}}


def _schedule(kind: str | None, length: str | None = None) -> dict[str, Any]:
    return {"scheduleInfo": {"expiration": {"type": kind, "duration": length}}}


_SOURCE: Final = "PimRoleEligibilitySchedule, Microsoft.Authorization 2022-04-01-preview (not re-read)"

RULE = Rule(
    id="IAM-013",
    title="A role that people can activate ends by itself",
    severity=Severity.MEDIUM,
    category=Category.IDENTITY,
    types=(ROLE_ELIGIBILITY,),
    controls=("itsg33/AC-2(4)", "itsg33/AC-6(5)", "mcsb/PA-2", "hipaa/164.312(a)(1)", "gdpr/32(4)", "hia/60"),
    why="Nobody reviews what never ends: who changed jobs years ago can still make himself an administrator.",
    fix="Set scheduleInfo.expiration to AfterDuration with P365D or less, and renew it when it is still needed.",
    link="https://learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-resource-roles-renew-extend",
    properties=(
        Property(_KIND, "NoExpiration", Verdict.FAIL, f"{_SOURCE}: it does not end"),
        Property(_START, ABSENT, Verdict.FAIL, f"{_SOURCE}: now"),
        Property(_END, ABSENT, Verdict.FAIL, f"{_SOURCE}: of a day that is not given"),
        Property(_DURATION, ABSENT, Verdict.FAIL, f"{_SOURCE}: of a time that is not given"),
    ),
    parameters=("eligible_role_days",),
    check=check,
    good=(
        Example(_schedule("AfterDuration", "P365D")),
        Example(_between("2026-07-01T00:00:00Z", "2027-06-30T00:00:00Z")),
    ),
    bad=(
        Example(_schedule("NoExpiration")),
        Example(_schedule("AfterDuration", "P366D")),
        Example(_schedule("AfterDuration", "P180D"), parameters={"eligible_role_days": 90}),
        Example({}),
        Example(_between("2026-07-01T00:00:00Z", "2099-12-31T00:00:00Z"), title="it ends when nobody works here"),
        Example(_between(None, "2027-06-30T00:00:00Z")),
        Example(_between("2026-07-01T00:00:00Z", None)),
    ),
    breaks=(
        Break(_KIND, "NoExpiration"),
        Break(_KIND, ABSENT),
        Break(_END, "2099-12-31T00:00:00Z", where=lambda found: "AfterDateTime" in str(found)),
        Break(_START, ABSENT, where=lambda found: "AfterDateTime" in str(found)),
        Break(_DURATION, "P2Y", where=lambda found: "AfterDuration" in str(found)),
        Break(_DURATION, ABSENT, where=lambda found: "AfterDuration" in str(found)),
    ),
)
