"""Measured figures, their targets, and what the two say together. Pure."""

from __future__ import annotations

import itertools
import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What a figure says about its target. `UNKNOWN`: there is a target, and nothing could be measured."""

    MET = "met"
    MISSED = "missed"
    UNKNOWN = "unknown"
    NONE = ""


@dataclass(frozen=True)
class Target:
    """A limit in the figure's own unit; the median has to stay at or below it, or with `at_least` at or above."""

    limit: float
    at_least: bool = False

    def judge(self, value: float) -> Verdict:
        """Whether a value keeps the limit."""
        kept = value >= self.limit if self.at_least else value <= self.limit
        return Verdict.MET if kept else Verdict.MISSED


@dataclass(frozen=True)
class Figure:
    """One thing that was measured one or more times; without values, it could not be measured here."""

    name: str
    unit: str
    values: tuple[float, ...]
    target: Target | None = None

    @property
    def median(self) -> float | None:
        """The middle value, which one disturbed run does not move; None without values."""
        return statistics.median(self.values) if self.values else None

    @property
    def verdict(self) -> Verdict:
        """Whether the median meets the target."""
        if self.target is None:
            return Verdict.NONE
        return Verdict.UNKNOWN if self.median is None else self.target.judge(self.median)


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that at least `percent` % of the values do not exceed (nearest rank).

    Raises ValueError for no values, or for a percentage that is not above 0 and at most 100.
    """
    if not values or not 0 < percent <= 100:
        raise ValueError(f"no {percent} % of {len(values)} values")
    return sorted(values)[math.ceil(len(values) * percent / 100) - 1]


def ratios(slow: Sequence[float], fast: Sequence[float]) -> tuple[float, ...]:
    """How many times longer `slow` took, run by run: both ran one after the other, under the same load.

    Raises ValueError when the two were not run equally often.
    """
    return tuple(one / other for one, other in zip(slow, fast, strict=True))


def differences(slow: Sequence[float], fast: Sequence[float]) -> tuple[float, ...]:
    """How much longer `slow` took, run by run. Raises ValueError when the two were not run equally often."""
    return tuple(one - other for one, other in zip(slow, fast, strict=True))


def slopes(points: Sequence[tuple[int, float]], per: int = 100) -> list[float]:
    """What each `per` further resources cost between one size and the next.

    `points` are (resources, seconds), by size. What a run costs before its first resource drops out.
    """
    pairs = itertools.pairwise(points)
    return [(seconds - before) / (size - smaller) * per for (smaller, before), (size, seconds) in pairs]


def is_linear(slope: Sequence[float], tolerance: float = 1.5) -> bool | None:
    """Whether the last resources cost no more than `tolerance` times what the first did.

    None when fewer than two slopes are known, or the first is no cost at all: then nothing can be said. Quadratic
    growth over the benchmark's sizes would be a factor of 10.
    """
    if len(slope) < 2 or slope[0] <= 0:
        return None
    return slope[-1] <= tolerance * slope[0]


def number(value: float) -> str:
    """A value with about three digits that mean something: 0.42, 4.25, 42.5, 425."""
    size = abs(value)
    digits = 2 if size < 10 else 1 if size < 100 else 0
    return f"{value:,.{digits}f}"


def spread(values: Sequence[float], unit: str) -> str:
    """The median with the smallest and the largest value: `4.25 s (4.10-4.90)`; a single value stands alone."""
    if not values:
        return "not measured"
    middle = number(statistics.median(values))
    mark = "" if unit == "×" else " "
    if len(values) == 1:
        return f"{middle}{mark}{unit}"
    return f"{middle}{mark}{unit} ({number(min(values))}–{number(max(values))})"
