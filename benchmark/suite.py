"""The whole benchmark, from the engine to the result."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from filelock import FileLock, Timeout
from rich.console import Console
from rich.markdown import Markdown

import engine
from benchmark import growth, judging, previews, startup, updates
from benchmark.machine import examine
from benchmark.run import ROOT, BenchmarkError
from benchmark.table import Result, Section, render_section


@dataclass(frozen=True)
class Extent:
    """How much is measured: rounds of each, stacks that live a whole life, sizes of generated programs and plans."""

    rounds: int
    stacks: tuple[str, ...]
    sizes: tuple[int, ...]
    stock_sizes: tuple[int, ...]
    judged: tuple[int, ...]


FULL: Final = Extent(
    rounds=3, stacks=("dev", "prod"), sizes=(100, 300, 1000, 3000), stock_sizes=(100, 300), judged=judging.SIZES
)
QUICK: Final = Extent(rounds=1, stacks=("prod",), sizes=(100,), stock_sizes=(100,), judged=(1000,))


def measure(console: Console, *, quick: bool = False) -> Result:
    """Measures everything; each table is shown as it is done.

    Raises BenchmarkError with the engine's message when a run fails, and engine.EngineMissingError.
    """
    found = engine.ensure(engine.RichProgress(console))
    extent = QUICK if quick else FULL
    with _alone():
        machine = examine(found)
        with console.status("") as status:
            sections: list[Section] = []
            for section in _sections(found, extent, status.update):
                console.print(Markdown(render_section(section)))
                sections.append(section)
    return Result(machine, quick, tuple(sections))


def _sections(found: engine.Engine, extent: Extent, say: Callable[[str], None]) -> Iterator[Section]:
    yield previews.measure(found, extent.rounds, say)
    yield from updates.measure(found, extent.stacks, extent.rounds, say)
    yield growth.measure(found, extent.sizes, extent.stock_sizes, extent.rounds, say)
    yield startup.measure(extent.rounds, say)
    yield judging.measure(found, extent.rounds, extent.judged, say)


@contextmanager
def _alone() -> Iterator[None]:
    """One benchmark at a time: two would measure each other."""
    ROOT.mkdir(parents=True, exist_ok=True)
    lock = FileLock(ROOT / "benchmark.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise BenchmarkError(
            f"another benchmark is running in {ROOT.parent}; wait for it, or stop it with Ctrl-C"
        ) from None
    try:
        yield
    finally:
        lock.release()
