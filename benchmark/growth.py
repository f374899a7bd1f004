"""How a preview's time and memory grow with the number of resources, for our program and for a stock one."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import engine
from benchmark.figures import is_linear, number, slopes, spread
from benchmark.measures import Measure
from benchmark.previews import memory
from benchmark.run import Run, generated
from benchmark.table import Section, number_or_dash

_COLUMNS: Final = ("resources", "program", "preview", "runs", "s per further 100", "peak memory, MB", "simulator, ms")
_NOTE: Final = (
    "A generated program: one resource group and virtual networks, with prod's settings, previewed in an empty "
    "subscription. The simulator's time is the median of one preview operation. From some thousand resources on, the "
    "SDK's own wait for outputs dominates (after each that is done it looks at all that are not): 3,000 resources took "
    "17 s or 40 s in otherwise equal runs (2026-11, pulumi 3.272)."
)


@dataclass(frozen=True)
class Point:
    """One size of one program: its runs, and the simulator's milliseconds of each preview operation."""

    resources: int
    stock: bool
    runs: tuple[Run, ...]
    operations: tuple[float, ...]

    @property
    def seconds(self) -> float:
        """The median of the runs."""
        return statistics.median(run.seconds for run in self.runs)


def measure(
    found: engine.Engine, ours: Sequence[int], stock: Sequence[int], rounds: int, say: Callable[[str], None]
) -> Section:
    """Previews each size `rounds` times. Raises BenchmarkError."""
    sizes = [*((size, False) for size in ours), *((size, True) for size in stock)]
    points = []
    for size, is_stock in sizes:
        subject = generated(found, size, tuple(Measure) if is_stock else ())
        subject.start_afresh()
        runs = []
        for turn in range(rounds):
            say(f"{size:,} resources, {'stock' if is_stock else 'our'} program, round {turn + 1} of {rounds}")
            runs.append(subject.run("preview"))
        points.append(Point(size, is_stock, tuple(runs), tuple(subject.durations("preview"))))
    return section(points)


def section(points: Sequence[Point]) -> Section:
    """The table of all points, those of our program first, by size."""
    groups = [[point for point in points if point.stock is stock] for stock in (False, True)]
    rows = [row for group in groups for row in _rows(group)]
    notes = [_NOTE, *(linearity(group) for group in groups if group)]
    return Section("Growth", _COLUMNS, tuple(rows), tuple(notes))


def linearity(points: Sequence[Point]) -> str:
    """One sentence on how the time of one program grows."""
    name = "the stock program" if points[0].stock else "our program"
    slope = _slopes(points)
    verdict = is_linear(slope)
    costs = ", ".join(number(value) for value in slope)
    if verdict is None:
        return f"Growth of {name}: too few sizes to say whether it is linear."
    kind = "linear" if verdict else "**not linear**"
    return f"Growth of {name} is {kind}: {costs} s for each further 100 resources."


def _slopes(points: Sequence[Point]) -> list[float]:
    return slopes([(point.resources, point.seconds) for point in points])


def _rows(points: Sequence[Point]) -> list[tuple[str, ...]]:
    costs: list[float | None] = [None, *_slopes(points)]
    return [
        (
            f"{point.resources:,}",
            "stock" if point.stock else "ours",
            spread([run.seconds for run in point.runs], "s"),
            str(len(point.runs)),
            number_or_dash(cost),
            number_or_dash(max(memory(list(point.runs)), default=None)),
            number_or_dash(statistics.median(point.operations) if point.operations else None),
        )
        for point, cost in zip(points, costs, strict=False)
    ]
