"""EVH-004: events can be read again after a failure, and are kept without a key."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import EVENT_HUB
from policies.view import Judged, View, guarded

_HOURS: Final = "retentionDescription.retentionTimeInHours"
_COMPACTED: Final = "retentionDescription.cleanupPolicy"
_CAPTURED: Final = "captureDescription.enabled"
_WRITER: Final = "captureDescription.destination.identity.type"


def check(hub: View, context: Context) -> Judged:
    """Readers have time to come back, and a copy is written by an identity where one is kept."""
    yield from guarded(_kept(hub, context.profile.parameters.event_retention_hours))
    if hub.flag(_CAPTURED):
        yield from hub.must_be_one_of(_WRITER, ("UserAssigned", "SystemAssigned"), "else a key of the account writes")


def _kept(hub: View, hours: int) -> Judged:
    if hub.word(_COMPACTED) != "compact":  # a compacted hub keeps the last event of each key without an end
        yield from hub.must_be_between(_HOURS, hours, None)


def _hub(hours: int = 168, writer: str = "UserAssigned", *, policy: str = "Delete") -> dict[str, Any]:
    capture = {"enabled": True, "destination": {"identity": {"type": writer}}}
    kept = {"cleanupPolicy": policy, "retentionTimeInHours": hours}
    return {"retentionDescription": kept, "captureDescription": capture}


def _deletes(hub: Any) -> bool:
    return bool(hub["retentionDescription"]["cleanupPolicy"] == "Delete")


_API: Final = "EventHub, Microsoft.EventHub 2024-01-01"

RULE = Rule(
    id="EVH-004",
    title="Events can be read again after a failure, and are kept without a key",
    severity=Severity.MEDIUM,
    category=Category.RESILIENCE,
    types=(EVENT_HUB,),
    controls=("itsg33/CP-9", "itsg33/IA-5", "mcsb/BR-1", "mcsb/IM-3", "gdpr/32(1)(c)", "gc-guardrails/13", "popa/10"),
    parameters=("event_retention_hours",),
    why="A reader that fails over a weekend loses what came in meanwhile; a key of the account opens the whole lake.",
    fix="Set retentionDescription.retentionTimeInHours to days, and give captureDescription.destination an identity "
    "(settings: event_streams.streams).",
    link="https://learn.microsoft.com/azure/event-hubs/event-hubs-capture-managed-identity",
    properties=(
        Property(_COMPACTED, "Delete", Verdict.FAIL, f"{_API}: Delete (not re-read)"),
        Property(_HOURS, ABSENT, Verdict.FAIL, f"{_API}: differs by tier, so it must be written (not re-read)"),
        Property(_CAPTURED, False, Verdict.PASS, f"{_API}: off"),
        Property(_WRITER, ABSENT, Verdict.FAIL, f"{_API}: a key of the account"),
    ),
    check=check,
    good=(
        Example(_hub()),
        Example({**_hub(), "captureDescription": {"enabled": False}}),
        Example(_hub(0, policy="Compact")),
        Example(_hub(24), environment="test"),
    ),
    bad=(Example(_hub(71)), Example(_hub(writer="None")), Example(_hub(12), environment="dev")),
    breaks=(
        Break(_HOURS, 1, where=_deletes),
        Break(_HOURS, ABSENT, where=_deletes),
        Break(_WRITER, ABSENT),
        Break(_COMPACTED, ABSENT, where=lambda hub: not _deletes(hub)),
        Break("captureDescription", {"enabled": True}),
    ),
)
