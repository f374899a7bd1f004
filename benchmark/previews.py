"""How long prod's preview takes: the project's program, a stock one, and what each measure for speed is worth."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import engine
from benchmark.figures import Figure, Target, differences, ratios
from benchmark.measures import Measure
from benchmark.run import Run, Subject, the_project, without
from benchmark.table import Section, of_figures

SECONDS: Final = Target(8)
RATIO: Final = Target(3, at_least=True)
MEMORY: Final = Target(250)

OURS: Final = "ours"
STOCK: Final = "stock"

_PROGRAMS: Final = (
    "Each preview creates everything in an empty subscription, offline, with the engine there already. The programs "
    "ran in turns, so that all met the same load. The stock program is the same program without the measures below, "
    "as on a machine that keeps no byte code; `pulumi` itself, which the language host imports, kept its own, so the "
    "ratio is on the low side."
)
_WORTH: Final = (
    "A measure's worth is how much longer the preview takes without that one alone. They don't add up: without byte "
    "code there is more to collect, and so on."
)


def subjects(found: engine.Engine) -> dict[str, Subject]:
    """What is previewed in each round, by name."""
    return {
        OURS: the_project(found, "prod"),
        STOCK: without(found, tuple(Measure)),
        **{measure: without(found, (measure,)) for measure in Measure},
    }


def measure(found: engine.Engine, rounds: int, say: Callable[[str], None]) -> Section:
    """Previews each subject `rounds` times, in turns. Raises BenchmarkError."""
    all_subjects = subjects(found)
    for subject in all_subjects.values():
        subject.start_afresh()
    say("a first preview that is not counted: it fills the caches of the disk and of the simulator")
    all_subjects[OURS].run("preview")
    runs: dict[str, list[Run]] = {name: [] for name in all_subjects}
    for turn in range(rounds):
        for name, subject in all_subjects.items():
            say(f"preview of prod, round {turn + 1} of {rounds}: {described(name)}")
            runs[name].append(subject.run("preview"))
    return section(runs)


def described(name: str) -> str:
    """A subject in words."""
    return f"{name} program" if name in {OURS, STOCK} else f"without: {name}"


def section(runs: Mapping[str, list[Run]]) -> Section:
    """The table of the runs, by subject; each was run equally often."""
    seconds = {name: tuple(run.seconds for run in each) for name, each in runs.items()}
    resources = sum(runs[OURS][0].outcome.count().values())
    figures = [
        Figure("our program", "s", seconds[OURS], SECONDS),
        Figure("stock program", "s", seconds[STOCK]),
        Figure("stock / ours", "×", ratios(seconds[STOCK], seconds[OURS]), RATIO),
        Figure("peak memory of our program", "MB", memory(runs[OURS]), MEMORY),
        Figure("peak memory of the stock program", "MB", memory(runs[STOCK])),
        *(
            Figure(f"worth of: {name}", "s", differences(seconds[name], seconds[OURS]))
            for name in runs
            if name not in {OURS, STOCK}
        ),
    ]
    return of_figures(f"Preview of prod: {resources} resources", figures, (_PROGRAMS, _WORTH))


def memory(runs: list[Run]) -> tuple[float, ...]:
    """The peaks that could be seen."""
    return tuple(run.megabytes for run in runs if run.megabytes is not None)
