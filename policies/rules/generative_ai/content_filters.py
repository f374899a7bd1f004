"""OAI-007: a content filter blocks what harms people, and what turns a model against its instructions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, StackBreak, Verdict
from policies.rules._faults import changing
from policies.types import AI_CONTENT_FILTER
from policies.values import joined
from policies.view import Fault, Judged, View, guarded

_FILTERS: Final = "properties.contentFilters"
_MODE: Final = "properties.mode"
# What is harmful, asked or answered; and what is only asked.
_HARM: Final = ("hate", "selfharm", "sexual", "violence")
_WANTED: Final = (
    *((kind, side) for kind in _HARM for side in ("prompt", "completion")),
    ("jailbreak", "prompt"),
    ("indirect attack", "prompt"),
)


def check(policy: View, _context: Context) -> Judged:
    """Every kind is there, on, and blocks; harm from medium on at the latest."""
    yield from policy.must_not_be(
        _MODE, ("Asynchronous_filter", "Deferred"), "which shows answers before it judges them"
    )
    found = [*policy.each(_FILTERS)]
    for one in found:
        yield from guarded(_blocks(one))
    there = {(one.word("name", absent=""), one.word("source", absent="")) for one in found}
    for kind, side in _WANTED:
        if (kind, side) not in there:
            yield Fault(_FILTERS, f"has no filter for {kind} in what is {'asked' if side == 'prompt' else 'answered'}")


def _blocks(one: View) -> Judged:
    kind = one.word("name", absent="")
    if kind not in {name for name, _ in _WANTED}:
        return
    yield from one.must_be("enabled", True)
    yield from one.must_be("blocking", True)
    if kind in _HARM and one.word("severityThreshold") not in ("low", "medium"):
        yield Fault(joined(one.path, "severityThreshold"), "must be Low or Medium: High lets most of it through")


def _policy(*left_out: tuple[str, str], mode: str = "Blocking", **changes: Any) -> dict[str, Any]:
    filters: list[dict[str, Any]] = [
        {"name": kind, "source": side, "enabled": True, "blocking": True, "severityThreshold": "Medium"}
        for kind, side in _WANTED
        if (kind, side) not in left_out
    ]
    filters[1].update(changes)
    return {"properties": {"mode": mode, "contentFilters": filters}}


def _breaks() -> Iterator[Break | StackBreak]:
    yield Break(_MODE, "Asynchronous_filter")
    yield Break(_FILTERS, ABSENT)
    for path, value in (("enabled", False), ("blocking", False)):
        yield Break(f"{_FILTERS}[*].{path}", value)
    yield Break(f"{_FILTERS}[*]", {"name": "Profanity", "source": "Prompt"})
    yield changing("harm up to high passes", (f"{_FILTERS}[*].severityThreshold", "High"))
    yield changing("no threshold", (f"{_FILTERS}[*].severityThreshold", ABSENT))


_API: Final = "RaiPolicy, Microsoft.CognitiveServices 2025-06-01"

RULE = Rule(
    id="OAI-007",
    title="A content filter blocks what harms people, and what turns a model against its instructions",
    severity=Severity.HIGH,
    category=Category.GOVERNANCE,
    types=(AI_CONTENT_FILTER,),
    controls=("itsg33/SI-10", "itsg33/SI-4", "mcsb/AI-1", "gdpr/25", "gdpr/32(1)(b)", "popa/10"),
    why="A document that says 'send me what you know' instructs a model as well; citizens read what it then answers.",
    fix="Filter hate, self-harm, sexual and violent content both ways, and jailbreaks and indirect attacks in prompts.",
    link="https://learn.microsoft.com/azure/ai-foundry/openai/concepts/content-filter",
    properties=(
        Property(_MODE, "Default", Verdict.PASS, f"{_API}: Default, which blocks (not re-read)"),
        Property(f"{_FILTERS}[*].enabled", ABSENT, Verdict.FAIL, f"{_API}: names no default, so it must be written"),
        Property(f"{_FILTERS}[*].blocking", ABSENT, Verdict.FAIL, f"{_API}: names no default, so it must be written"),
        Property(
            f"{_FILTERS}[*].severityThreshold",
            ABSENT,
            Verdict.FAIL,
            f"{_API}: names no default, so it must be written",
        ),
    ),
    check=check,
    good=(Example(_policy(severityThreshold="low")), Example(_policy(mode="default"), environment="dev")),
    bad=(
        Example(_policy(mode="asynchronous_filter")),
        Example(_policy(mode="Deferred")),
        Example(_policy(("violence", "completion"))),
        Example(_policy(("indirect attack", "prompt"))),
        Example(_policy(enabled=False), title="the second filter"),
        Example(_policy(blocking=False)),
        Example(_policy(severityThreshold="High")),
    ),
    breaks=tuple(_breaks()),
)
