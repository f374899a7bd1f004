"""One run of the engine, measured: the program as it is, or with some of its measures for speed taken away.

Owns the workspaces of the benchmark, below `.rehearsal/benchmark/`; a rehearsal's own state is never touched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rich.console import Console

import engine
from benchmark.measures import Measure, variables
from benchmark.memory import PeakMemory
from rehearsal import configuration
from rehearsal.events import Outcome
from rehearsal.report import problems_of, relative
from rehearsal.run import execute
from rehearsal.workspace import PROJECT, Workspace
from simulator.store import Store
from stacks.stack_file import FOLDER, stack_file

ROOT: Final = PROJECT / ".rehearsal" / "benchmark"
PROGRAM: Final = PROJECT / "benchmark" / "program"
# With "true" the engine does not put the whole state together after each resource, which grows with the square of their
# number (`pkg/backend/snapshot.go`, v3.274.1). Rehearsed previews set it, and keep a value that is there already.
_SKIP_CHECKPOINTS: Final = "PULUMI_SKIP_CHECKPOINTS"


class BenchmarkError(Exception):
    """A run that failed: a benchmark of it would say nothing. The message is the engine's own."""


@dataclass(frozen=True)
class Run:
    """What one command of the engine took. `megabytes`: the program's peak, None when its process was not seen."""

    seconds: float
    megabytes: float | None
    outcome: Outcome


@dataclass(frozen=True)
class Subject(Workspace):
    """A program to be measured, in a folder of its own."""

    without: frozenset[Measure] = frozenset()
    resources: int | None = None

    @property
    def environment(self) -> dict[str, str]:
        """The rehearsal's variables; byte code is kept whatever the caller's shell says, as at install."""
        kept = {name: value for name, value in super().environment.items() if name != "PYTHONDONTWRITEBYTECODE"}
        if self.project == PROJECT:
            return kept
        if Measure.CHECKPOINTS in self.without:
            kept[_SKIP_CHECKPOINTS] = "false"
        return {**kept, "PYTHONPATH": str(PROJECT), **variables(self.without, self.resources)}

    def start_afresh(self) -> None:
        """An empty state, an empty subscription, and the stack's configuration."""
        self.forget()
        self.prepare(configuration.read(stack_file(self.stack, FOLDER)))

    def run(self, command: str, *flags: str, label: str | None = None) -> Run:
        """Runs one command of the engine. Raises BenchmarkError when it fails."""
        name = label if label is not None else command
        with PeakMemory() as peak:
            status, outcome, seconds, text = execute(
                self, command, *flags, label=name, console=Console(stderr=True), quiet=True
            )
        if status != 0:
            said = "\n".join(problems_of(outcome)) or text.strip() or f"pulumi ended with status {status}"
            raise BenchmarkError(
                f"`pulumi {command}` of {relative(self.folder, PROJECT)} failed, so nothing is measured and no table "
                f"is written:\n{said}"
            )
        return Run(seconds, peak.megabytes, outcome)

    def durations(self, kind: str | None = None) -> list[float]:
        """Milliseconds of the simulator's operations so far, of one kind or of all."""
        store = Store(self.store)
        try:
            return store.durations(kind)
        finally:
            store.close()


def the_project(found: engine.Engine, stack: str, root: Path = ROOT) -> Subject:
    """The project's own program, with all its measures."""
    return Subject(stack, found, root=root / "project")


def without(found: engine.Engine, measures: Sequence[Measure], stack: str = "prod", root: Path = ROOT) -> Subject:
    """The project's program without some measures; without all of them, it is a stock Pulumi program."""
    folder = root / "-".join(["without", *(measure.name.lower() for measure in measures)])
    return Subject(stack, found, project=PROGRAM, root=folder, without=frozenset(measures))


def generated(found: engine.Engine, resources: int, measures: Sequence[Measure] = (), root: Path = ROOT) -> Subject:
    """A program of that many resources, with prod's settings, without some measures."""
    folder = root / f"{resources}-resources{'-stock' if measures else ''}"
    return Subject("prod", found, project=PROGRAM, root=folder, without=frozenset(measures), resources=resources)
