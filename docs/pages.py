"""The generated pages: which there are, writing them, and whether one is stale."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from docs import (
    alert_page,
    capability_page,
    component_page,
    conformance,
    control_page,
    estimate_page,
    graph_page,
    mutation_page,
    recovery_page,
    rule_index_page,
    rule_page,
)
from policies.pages import FOLDER
from simulator import coverage
from stacks import reference

ROOT = Path(__file__).resolve().parents[1]


def pages() -> Mapping[Path, Callable[[], str]]:
    """Every generated file and the function that says what it must hold."""
    folder = ROOT / "docs" / "reference"
    return {
        **reference.GENERATED,
        folder / "simulator.md": coverage.render,
        folder / "conformance.md": conformance.render,
        folder / "controls.md": control_page.render,
        folder / "rules.md": rule_index_page.render,
        **{ROOT / FOLDER / f"{area}.md": partial(rule_page.render, area) for area in rule_page.areas()},
        folder / "alerts.md": alert_page.render,
        folder / "capabilities.md": capability_page.render,
        folder / "components.md": component_page.render,
        folder / "estimate.md": estimate_page.render,
        folder / "mutations.md": mutation_page.render,
        folder / "recovery.md": recovery_page.render,
        folder / "stacks.md": graph_page.render,
    }


def write() -> list[str]:
    """Writes the pages that differ, and takes away those that nothing generates any more; answers their names."""
    found = stale()
    for path in _left():
        path.unlink()
    for path, render in pages().items():
        if _name(path) in found:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(render(), encoding="utf-8")
    return found


def stale() -> list[str]:
    """The pages that do not hold what they must, and those that nothing generates any more."""
    differ = [path for path, render in pages().items() if not path.is_file() or path.read_text("utf-8") != render()]
    return [_name(path) for path in (*differ, *_left())]


def _left() -> list[Path]:
    """Pages of areas that have no rule any more."""
    return sorted({*(ROOT / FOLDER).glob("*.md")} - set(pages()))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
