"""The tables of the page, from runs that are made up."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmark import growth, previews, updates
from benchmark.growth import Point
from benchmark.measures import Measure
from benchmark.previews import OURS, STOCK
from benchmark.run import Run
from benchmark.startup import largest_modules, used_modules
from rehearsal.events import Outcome, Step


def run(seconds: float, megabytes: float | None = 180.0) -> Run:
    steps = [Step("urn:a", "azure-native:network:VirtualNetwork", "create", "", custom=True)]
    return Run(seconds, megabytes, Outcome(steps, complete=True))


def cell(rows: Sequence[tuple[str, ...]], name: str, column: int) -> str:
    (found,) = [row[column] for row in rows if row[0] == name]
    return found


def test_previews_are_compared_round_by_round() -> None:
    runs = {OURS: [run(2), run(4)], STOCK: [run(8), run(12)], Measure.BYTE_CODE: [run(3), run(6)]}
    section = previews.section(runs)
    assert section.title == "Preview of prod: 1 resources"
    assert cell(section.rows, "stock / ours", 1) == "3.50× (3.00–4.00)"
    assert cell(section.rows, "stock / ours", 4) == "met"
    assert cell(section.rows, "worth of: byte code compiled at install", 1) == "1.50 s (1.00–2.00)"


def test_memory_that_nobody_saw_is_unknown_and_not_met() -> None:
    section = previews.section({OURS: [run(2, None)], STOCK: [run(8, None)]})
    assert cell(section.rows, "peak memory of our program", 1) == "not measured"
    assert cell(section.rows, "peak memory of our program", 4) == "**unknown**"


def test_every_operation_of_the_simulator_is_counted_once() -> None:
    durations = updates.by_kind([1.0, 2.0, 2.0, 9.0], {"check": [1.0, 2.0], "create": [2.0], "delete": []})
    assert durations == {"all": [1.0, 2.0, 2.0, 9.0], "check": [1.0, 2.0], "create": [2.0], "other": [9.0]}


def test_operations_show_their_worst_and_only_all_of_them_have_a_target() -> None:
    section = updates.operations_section({"all": [1.0, 2.0, 30.0], "create": [2.0, 30.0], "check": [1.0]})
    assert [row[0] for row in section.rows] == ["all", "check", "create"]
    assert section.rows[0] == ("all", "3", "2.00", "30.0", "30.0", "≤ 3.00 ms", "met")
    assert section.rows[2] == ("create", "2", "16.0", "30.0", "30.0", "", "")


def points(stock: bool, *sizes: tuple[int, float]) -> list[Point]:
    return [Point(size, stock, (run(seconds),), (0.5, 0.7, 0.9)) for size, seconds in sizes]


def test_growth_shows_what_further_resources_cost() -> None:
    section = growth.section([*points(False, (100, 2), (300, 3), (1000, 6.5)), *points(True, (100, 8), (300, 20))])
    assert section.rows[1] == ("300", "ours", "3.00 s", "1", "0.50", "180", "0.70")
    assert section.rows[3] == ("100", "stock", "8.00 s", "1", "–", "180", "0.70")
    assert "Growth of our program is linear: 0.50, 0.50 s for each further 100 resources." in section.notes
    assert "Growth of the stock program: too few sizes to say whether it is linear." in section.notes


def test_growth_that_is_not_linear_stands_out() -> None:
    assert "is **not linear**: 0.50, 5.00 s" in growth.linearity(points(False, (100, 2), (300, 3), (1000, 38)))


def test_the_largest_modules_come_first(tmp_path: Path) -> None:
    for name, size in (("small", 1), ("large", 300), ("medium", 20), ("tiny", 0)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("#" * size)
    assert largest_modules(["tiny", "small", "medium", "large"], tmp_path) == ["large", "medium", "small"]


@pytest.mark.parametrize("module", ["network", "containerservice", "keyvault", "resources"])
def test_the_modules_that_the_components_use_are_found(module: str) -> None:
    assert module in used_modules()
