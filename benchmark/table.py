"""The benchmark's result as a page of Markdown tables, written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmark.figures import Figure, Target, Verdict, number, spread
from benchmark.machine import Machine

_FIGURE_COLUMNS: Final = ("", "median (min–max)", "runs", "target", "verdict")

_HEAD: Final = """\
# Benchmark

Written by `uv run invoke bench`, with the real engine and the simulated Azure on one machine; don't edit it. Each
figure is the median of its runs, with the smallest and the largest in brackets. MB are 1,000,000 bytes."""
_QUICK: Final = "This is the result of `--quick`: one run of each, and fewer sizes. Don't compare with it."


@dataclass(frozen=True)
class Section:
    """One table of the page; `notes` come below it."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """Everything that one benchmark measured."""

    machine: Machine
    quick: bool
    sections: tuple[Section, ...]


def of_figures(title: str, figures: Iterable[Figure], notes: Sequence[str] = ()) -> Section:
    """The section that shows each figure in a row, beside its target."""
    rows = tuple(
        (
            figure.name,
            spread(figure.values, figure.unit),
            str(len(figure.values)),
            target_text(figure.target, figure.unit),
            verdict_text(figure.verdict),
        )
        for figure in figures
    )
    return Section(title, _FIGURE_COLUMNS, rows, tuple(notes))


def target_text(target: Target | None, unit: str) -> str:
    """A target as read: `≤ 8.00 s`, `≥ 3.00×`; nothing without one."""
    if target is None:
        return ""
    return f"{'≥' if target.at_least else '≤'} {spread((target.limit,), unit)}"


def verdict_text(verdict: Verdict) -> str:
    """A verdict that stands out where it is not what was hoped for."""
    return f"**{verdict}**" if verdict in {Verdict.MISSED, Verdict.UNKNOWN} else str(verdict)


def number_or_dash(value: float | None) -> str:
    """A number, or a dash for what could not be measured."""
    return "–" if value is None else number(value)


def render_section(section: Section) -> str:
    """The section's heading, table and notes."""
    numeric = ["---" if index == 0 else "---:" for index in range(len(section.columns))]
    lines = [_row(section.columns), _row(numeric), *(_row(row) for row in section.rows)]
    parts = [f"## {section.title}", "\n".join(lines), *section.notes]
    return "\n\n".join(parts)


def render(result: Result) -> str:
    """The whole page."""
    machine = Section("Machine", ("what", "value"), result.machine.rows())
    head = [_HEAD, _QUICK] if result.quick else [_HEAD]
    return "\n\n".join([*head, *(render_section(section) for section in (machine, *result.sections))]) + "\n"


def write(path: Path, result: Result) -> None:
    """Writes the page. A reader, or a benchmark that is stopped, finds the old page or the new one, never a part.

    Raises OSError when the folder can't be made or written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, written = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(render(result))
        # A temporary file is its owner's alone; a page in the repository is everyone's.
        Path(written).chmod(0o644)
        Path(written).replace(path)
    except BaseException:
        Path(written).unlink(missing_ok=True)
        raise


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"
