"""One setting that many services have, each under a name of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from policies.rule import ABSENT, Break, Context, Example, Property, Verdict
from policies.values import steps, with_value
from policies.view import Judged, View


@dataclass(frozen=True)
class Setting:
    """Where a service has it, what is good, what is bad, and what Azure takes for none."""

    path: str
    good: Any
    bad: Any
    source: str
    default: Any = ABSENT

    @property
    def absent(self) -> Verdict:
        """What follows where it is absent."""
        return Verdict.PASS if self.default == self.good else Verdict.FAIL


Settings = Mapping[str, tuple[Setting, ...]]


def judged(view: View, context: Context, settings: Settings) -> Judged:
    """Every setting of the type of the resource that is judged."""
    for one in settings[context.resource.type]:
        yield from view.must_be(one.path, one.good)


def properties(settings: Settings) -> tuple[Property, ...]:
    """As a rule declares them."""
    return tuple(
        Property(one.path, one.default, one.absent, one.source, of=(type_,))
        for type_, those in settings.items()
        for one in those
    )


def examples(settings: Settings, *, bad: bool) -> tuple[Example, ...]:
    """Of each type a good one; or for each setting one in which it alone is bad."""
    if not bad:
        return tuple(Example(_all(those), type=type_) for type_, those in settings.items())
    return tuple(
        Example(_with(_all(those), one.path, one.bad), type=type_) for type_, those in settings.items() for one in those
    )


def breaks(settings: Settings) -> tuple[Break, ...]:
    """Each setting made bad, and taken away where that is bad."""
    return tuple(
        Break(one.path, value, of=(type_,))
        for type_, those in settings.items()
        for one in those
        for value in ((one.bad, ABSENT) if one.absent is Verdict.FAIL else (one.bad,))
    )


def _all(those: tuple[Setting, ...]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for one in those:
        made = _with(made, one.path, one.good)
    return made


def _with(tree: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    return dict(with_value(tree, steps(path), value))
