"""The register of waivers: each of a stack, who answers for it, how long it lasts, and what it accepts today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from policies.waivers import Settled, Waiver, usable


@dataclass(frozen=True)
class Entry:
    """A waiver. `days_left`: below zero where it has expired. `used`: failures that it accepts. `problems`: what is
    wrong with it.
    """

    waiver: Waiver
    days_left: int
    used: int
    state: str
    problems: tuple[str, ...]


def register_of(settled: Settled, waivers: Iterable[Waiver], today: date) -> tuple[Entry, ...]:
    """The waivers of the judged stack, and those whose pattern names no single stack, by id."""
    stack = settled.judgement.stack.name
    own = [one for one in waivers if _stack_of(one) == stack or set(_stack_of(one)) & set("*?[")]
    used = Counter(waiver.id for waiver in settled.waived.values())
    problems: dict[str, list[str]] = {}
    for problem in settled.problems:
        problems.setdefault(problem.waiver, []).append(problem.message)
    return tuple(
        Entry(
            waiver=one,
            days_left=(one.expires - today).days,
            used=used[one.id],
            state=_state(one, used[one.id], today),
            problems=tuple(problems.get(one.id, ())),
        )
        for one in sorted(own, key=lambda one: (one.id, one.urn))
    )


def _stack_of(waiver: Waiver) -> str:
    return waiver.urn.split(":")[2]


def _state(waiver: Waiver, used: int, today: date) -> str:
    if waiver.expires < today:
        return "expired"
    if not usable([waiver], today):
        return "too broad"
    return "used" if used else "unused"
