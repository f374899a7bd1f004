"""How long judging takes: all rules over more and more resources, beside checkov over the same, and in the engine."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from rich.console import Console

import engine
from benchmark.figures import Figure, Target, differences, ratios
from benchmark.rules import times
from benchmark.run import ROOT, BenchmarkError, the_project
from benchmark.startup import timed
from benchmark.table import Section, of_figures
from policies.resource import Stack
from rehearsal.workspace import PROJECT
from review.checkov import CheckovError, run_checkov
from review.plan import PlanError
from review.preview import plan_of

SIZES: Final = (1000, 3000, 10_000)
BESIDE_CHECKOV: Final = 1000
SECONDS: Final = Target(1)
MEMORY: Final = Target(150)
FASTER: Final = Target(20, at_least=True)
ADDED: Final = Target(1.5)
GROWTH: Final = Target(1.5)

_NOTE: Final = (
    "The resources are those of prod's plan, repeated under other names until there are enough. Each run is a process "
    "of its own; its seconds are those of judging, without Python's start and the loading of the rules, which stand in "
    "a row of their own. checkov's are those of its whole process over the template and manifests exported from the "
    "same resources: it is started for every run of a pipeline, too."
)


def measure(found: engine.Engine, rounds: int, sizes: Sequence[int], say: Callable[[str], None]) -> Section:
    """Judges each size `rounds` times, checkov beside the first of them. Raises BenchmarkError."""
    folder = ROOT / "judging"
    folder.mkdir(parents=True, exist_ok=True)
    say("the plan of prod")
    try:
        plan = plan_of("prod", Console(stderr=True), quiet=True, root=folder / "previews").stack
    except PlanError as error:
        raise BenchmarkError(str(error)) from error
    took = {size: _judged(_written(times(plan, size), folder), size, rounds, say) for size in sizes}
    figures = [Figure("loading all rules", "s", tuple(run["load"] for run in took[sizes[0]]))]
    for size, runs in took.items():
        target = SECONDS if size <= BESIDE_CHECKOV else None
        figures.append(Figure(f"{size:,} resources", "s", tuple(run["judge"] for run in runs), target))
    figures.append(
        Figure("peak memory, most resources", "MB", tuple(run["megabytes"] for run in took[sizes[-1]]), MEMORY)
    )
    figures += _growth(took)
    figures += _beside_checkov(plan, folder, tuple(run["judge"] for run in took[sizes[0]]), say)
    figures.append(_in_the_engine(found, rounds, say))
    return of_figures("Judging", figures, (_NOTE,))


def _written(stack: Stack, folder: Path) -> Path:
    file = folder / f"{len(stack.resources)}.pickle"
    file.write_bytes(pickle.dumps(stack))
    return file


def _judged(file: Path, size: int, rounds: int, say: Callable[[str], None]) -> list[dict[str, float]]:
    runs = []
    for turn in range(rounds):
        say(f"all rules over {size:,} resources, round {turn + 1} of {rounds}")
        runs.append(json.loads(timed(["-m", "benchmark.rules", str(file)])[1]))
    return runs


def _growth(took: dict[int, list[dict[str, float]]]) -> list[Figure]:
    """What a resource costs among most resources, in those that it costs among fewest."""
    least, most = min(took), max(took)
    if least == most:
        return []
    pairs = zip(took[most], took[least], strict=True)
    factors = tuple((large["judge"] / most) / (small["judge"] / least) for large, small in pairs)
    return [Figure(f"cost of a resource among {most:,} / among {least:,}", "×", factors, GROWTH)]


def _beside_checkov(stack: Stack, folder: Path, own: tuple[float, ...], say: Callable[[str], None]) -> list[Figure]:
    exported = times(stack, BESIDE_CHECKOV)
    seconds = []
    for turn in range(len(own)):
        say(f"checkov over {BESIDE_CHECKOV:,} resources, round {turn + 1} of {len(own)}")
        try:
            # Its own time: the export, and getting it on a new machine, are not what is compared.
            seconds.append(run_checkov(exported, folder / "checkov").seconds)
        except CheckovError as error:
            raise BenchmarkError(f"checkov can't be measured: {error}") from error
    theirs = tuple(seconds)
    return [
        Figure(f"checkov over {BESIDE_CHECKOV:,} resources", "s", theirs),
        Figure("checkov / ours", "×", ratios(theirs, own), FASTER),
    ]


def _in_the_engine(found: engine.Engine, rounds: int, say: Callable[[str], None]) -> Figure:
    """What the policy pack adds to a preview of prod, in turns with one without it."""
    subject = the_project(found, "prod", ROOT / "judging")
    subject.start_afresh()
    subject.run("preview")
    without, with_pack = [], []
    for turn in range(rounds):
        say(f"preview of prod with and without the policy pack, round {turn + 1} of {rounds}")
        without.append(subject.run("preview").seconds)
        with_pack.append(subject.run("preview", "--policy-pack", str(PROJECT / "policies")).seconds)
    return Figure("what the policy pack adds to a preview of prod", "s", differences(with_pack, without), ADDED)
