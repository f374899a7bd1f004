"""ST-013: what ages is removed or moved by rules that are on, and not too soon."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import LIFECYCLE
from policies.view import Judged, View, judged_each

_RULES: Final = "policy.rules"
_ACTIONS: Final = "definition.actions"
# Days after which each may be deleted: of a blob after its last change, its making or its last use, of others after
# they were made.
_DELETED: Final = (
    "baseBlob.delete.daysAfterModificationGreaterThan",
    "baseBlob.delete.daysAfterCreationGreaterThan",
    "baseBlob.delete.daysAfterLastAccessTimeGreaterThan",
    "version.delete.daysAfterCreationGreaterThan",
    "snapshot.delete.daysAfterCreationGreaterThan",
)


def check(policy: View, context: Context) -> Judged:
    """Every rule is on; blobs, versions and snapshots live for the days in which they must be restorable."""
    yield from judged_each(policy.each(_RULES), partial(_rule, context.profile.parameters.undelete_days))


def _rule(least: int, rule: View) -> Judged:
    yield from rule.must_be("enabled", True)
    for path in _DELETED:
        if rule.has(f"{_ACTIONS}.{path}"):
            yield from rule.must_be_between(f"{_ACTIONS}.{path}", least, None)


def _policy(*, enabled: bool = True, **days: int) -> dict[str, Any]:
    chosen = {"baseBlob": 30, "version": 14, "snapshot": 14, **days}
    after = {"baseBlob": "daysAfterModificationGreaterThan"}
    actions = {
        name: {"delete": {after.get(name, "daysAfterCreationGreaterThan"): count}} for name, count in chosen.items()
    }
    moved = {"baseBlob": {"tierToCool": {"daysAfterModificationGreaterThan": 0}}}
    rules = [
        {"enabled": True, "definition": {"actions": moved}},
        {"enabled": enabled, "definition": {"actions": actions}},
    ]
    return {"policy": {"rules": rules}}


def _blobs(since: str, days: int) -> dict[str, Any]:
    return {
        "policy": {"rules": [{"enabled": True, "definition": {"actions": {"baseBlob": {"delete": {since: days}}}}}]}
    }


def _properties() -> Iterator[Property]:
    source = "ManagementPolicy, Microsoft.Storage 2024-01-01"
    yield Property(f"{_RULES}[*].enabled", True, Verdict.PASS, f"{source}: on (not re-read)")
    for path in _DELETED:
        yield Property(f"{_RULES}[*].{_ACTIONS}.{path}", ABSENT, Verdict.PASS, f"{source}: not deleted")


RULE = Rule(
    id="ST-013",
    title="What ages is moved or removed by rules that are on, and not too soon",
    severity=Severity.LOW,
    category=Category.RESILIENCE,
    types=(LIFECYCLE,),
    controls=("itsg33/SI-12", "itsg33/CP-9", "gdpr/5(1)(e)", "gdpr/32(1)(c)", "gc-guardrails/13", "popa/10"),
    parameters=("undelete_days",),
    why="A rule that deletes after a day empties a lake before anybody asks; one that is off lets everything pile up.",
    fix="Leave each rule enabled, and let it delete after the profile's undelete_days at the earliest.",
    link="https://learn.microsoft.com/azure/storage/blobs/lifecycle-management-overview",
    properties=tuple(_properties()),
    check=check,
    good=(
        *(Example(_blobs(f"daysAfter{since}GreaterThan", 30)) for since in ("Creation", "LastAccessTime")),
        Example(_policy()),
        Example(_policy(version=7), environment="dev"),
    ),
    bad=(
        Example(_policy(enabled=False), title="the second rule"),
        Example(_policy(baseBlob=1)),
        Example(_blobs("daysAfterCreationGreaterThan", 1)),
        Example(_blobs("daysAfterLastAccessTimeGreaterThan", 0)),
        Example(_policy(version=6)),
        Example(_policy(snapshot=0), environment="dev"),
    ),
    breaks=(
        Break(f"{_RULES}[*].enabled", False),
        *(Break(f"{_RULES}[*].{_ACTIONS}.{path}", 1) for path in _DELETED),
    ),
)
