"""How long a whole life of a stack takes, and each operation of the simulator in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import engine
from benchmark.figures import Figure, Target, number, percentile
from benchmark.run import BenchmarkError, the_project
from benchmark.table import Section, of_figures, target_text, verdict_text
from simulator.store import Store

OPERATION: Final = Target(3)
UP, AGAIN, DESTROY = PHASES = ("up", "up, again", "destroy")

# What the simulated provider logs (`simulator/provider.py`); what is not among them is shown as "other".
KINDS: Final = ("check", "diff", "preview", "create", "update", "read", "delete", "invoke")

_ALL: Final = "all"
_COLUMNS: Final = ("operation", "calls", "median ms", "p95 ms", "max ms", "target", "verdict")
_NOTE: Final = (
    "Of a whole `up` of prod. The time is from the request's arrival in the provider to its answer; the first requests "
    "of each type also read what the SDK declares of it."
)


def measure(
    found: engine.Engine, stacks: Sequence[str], rounds: int, say: Callable[[str], None]
) -> tuple[Section, Section]:
    """Takes each stack through its life; the operations are those of prod. Raises BenchmarkError."""
    seconds: dict[tuple[str, str], list[float]] = {(stack, phase): [] for stack in stacks for phase in PHASES}
    operations: dict[str, list[float]] = {}
    for turn in range(rounds):
        for stack in stacks:
            say(f"life of {stack}, round {turn + 1} of {rounds}")
            took, durations = _life(found, stack)
            for phase, value in zip(PHASES, took, strict=True):
                seconds[stack, phase].append(value)
            if stack == "prod":
                operations = {kind: operations.get(kind, []) + durations[kind] for kind in durations}
    figures = [Figure(f"{stack}: {phase}", "s", tuple(values)) for (stack, phase), values in seconds.items()]
    return of_figures("Life of a stack", figures), operations_section(operations)


def _life(found: engine.Engine, stack: str) -> tuple[tuple[float, float, float], dict[str, list[float]]]:
    """Seconds of `up`, the second `up` and `destroy`, and the operations of the first."""
    subject = the_project(found, stack)
    subject.start_afresh()
    first = subject.run("up")
    durations = by_kind(subject.durations(), {kind: subject.durations(kind) for kind in KINDS})
    second = subject.run("up", "--expect-no-changes", label=AGAIN)
    subject.unprotect()
    last = subject.run("destroy")
    store = Store(subject.store)
    left = store.all()
    store.close()
    if left:
        raise BenchmarkError(f"`destroy` of {stack} left {len(left)} resources, such as {left[0].id}")
    return (first.seconds, second.seconds, last.seconds), durations


def by_kind(everything: Sequence[float], known: Mapping[str, Sequence[float]]) -> dict[str, list[float]]:
    """The durations of all operations, and of each kind that occurred; what belongs to no known kind is "other"."""
    kinds = {kind: list(values) for kind, values in known.items() if values}
    rest = list(everything)
    for values in kinds.values():
        for value in values:
            rest.remove(value)
    return {_ALL: list(everything), **kinds, **({"other": rest} if rest else {})}


def operations_section(durations: Mapping[str, Sequence[float]]) -> Section:
    """The table of the simulator's operations, the slowest kind in the median last."""
    order = sorted((kind for kind in durations if kind != _ALL), key=lambda kind: percentile(durations[kind], 50))
    rows = tuple(_operation(kind, durations[kind]) for kind in (_ALL, *order) if kind in durations)
    return Section("The simulator's time per operation", _COLUMNS, rows, (_NOTE,))


def _operation(kind: str, values: Sequence[float]) -> tuple[str, ...]:
    figure = Figure(kind, "ms", tuple(values), OPERATION if kind == _ALL else None)
    middle = number(figure.median) if figure.median is not None else ""
    return (
        kind,
        f"{len(values):,}",
        middle,
        number(percentile(values, 95)),
        number(max(values)),
        target_text(figure.target, "ms"),
        verdict_text(figure.verdict),
    )
