"""What a rehearsal found: the figures as data, and as a page that a person likes to read."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from rehearsal.events import Complaint, Outcome, Step


@dataclass(frozen=True)
class Phase:
    """One run of the engine: `up`, the second `up`, `destroy`."""

    name: str
    seconds: float
    operations: dict[str, int]
    succeeded: bool
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """The whole rehearsal. `trusted` and `not_judged` say what the simulator could not decide."""

    stack: str
    engine: str
    state: str
    phases: tuple[Phase, ...]
    components: dict[str, int]
    trusted: tuple[str, ...] = ()
    not_judged: tuple[str, ...] = ()
    warnings: tuple[str, ...] = field(default=())

    @property
    def succeeded(self) -> bool:
        """Whether every phase did what it had to."""
        return all(phase.succeeded for phase in self.phases)

    def as_json(self) -> dict[str, object]:
        """The report as plain data, for `--json`."""
        return {"succeeded": self.succeeded, **asdict(self)}


def by_component(steps: list[Step]) -> dict[str, int]:
    """How many Azure resources each component holds, by the component's name, sorted."""
    parents = {step.urn: step for step in steps}
    counts: Counter[str] = Counter()
    for step in steps:
        if step.custom:
            counts[_owner(step, parents)] += 1
    return dict(sorted(counts.items()))


def _owner(step: Step, steps: dict[str, Step]) -> str:
    """The nearest component that is a direct part of the platform (or the topmost one)."""
    chain = [step]
    while (parent := steps.get(chain[-1].parent)) is not None:
        chain.append(parent)
    components = [link for link in chain if not link.custom]
    if not components:
        return "(no component)"
    owner = components[-2] if len(components) > 1 else components[-1]
    return owner.urn.rsplit("::", 1)[-1]


def problems_of(outcome: Outcome, declared: Mapping[tuple[str, str], str] | None = None) -> tuple[str, ...]:
    """The errors of an update, each once, with the resource that it is about.

    `declared`: the line of the program that a resource comes from, by its type and name.
    """
    errors = [complaint for complaint in outcome.complaints if complaint.severity == "error"]
    # "update failed" and the like only repeat that something above went wrong.
    telling = [complaint for complaint in errors if complaint.message not in {"update failed", "preview failed"}]
    return tuple(_problem(complaint, declared or {}) for complaint in telling or errors)


def _problem(complaint: Complaint, declared: Mapping[tuple[str, str], str]) -> str:
    if not complaint.urn:
        return complaint.message
    *_, types, name = complaint.urn.split("::")
    place = declared.get((types.rsplit("$", 1)[-1], name))
    lines = [f"{name}: {complaint.message}", f"    declared: {place}" if place else "", f"    urn: {complaint.urn}"]
    return "\n".join(line for line in lines if line)


def declared_in(path: Path) -> dict[tuple[str, str], str]:
    """What the program wrote down (`components.sources`): type and name to `file:line`; without a line cut short."""
    found: dict[tuple[str, str], str] = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        try:
            kind, name, file, number = json.loads(line)
        except ValueError:
            continue
        found[kind, name] = f"{file}:{number}"
    return found


def render(report: Report, console: Console) -> None:
    """Prints the report."""
    console.print(_components(report))
    console.print(_phases(report))
    _list(console, "Taken on trust (ids that nothing here makes)", report.trusted)
    _list(console, "Accepted, not judged (types without a model)", report.not_judged)
    _list(console, "Warnings", report.warnings)
    for phase in report.phases:
        for problem in phase.problems:
            console.print(Panel(Text(problem), title=f"{phase.name}: refused", border_style="red", title_align="left"))
    verdict = Text("passed", style="bold green") if report.succeeded else Text("failed", style="bold red")
    console.print(Text.assemble("Rehearsal of ", (report.stack, "bold"), ": ", verdict, f"   state: {report.state}"))


def _components(report: Report) -> Table:
    table = Table(title=f"Stack {report.stack}: resources by component", title_justify="left", header_style="bold")
    table.add_column("component")
    table.add_column("resources", justify="right")
    for name, count in report.components.items():
        table.add_row(name, str(count))
    table.add_section()
    table.add_row("all", str(sum(report.components.values())), style="bold")
    return table


def _phases(report: Report) -> Table:
    table = Table(title=f"With {report.engine}", title_justify="left", header_style="bold")
    for name in ("", "created", "updated", "replaced", "deleted", "unchanged", "seconds", ""):
        table.add_column(name, justify="left" if not name else "right")
    for phase in report.phases:
        counts = defaultdict(int, phase.operations)
        cells = [str(counts[name]) for name in ("create", "update", "replace", "delete", "same")]
        mark = Text("✓", style="green") if phase.succeeded else Text("✗", style="red")
        table.add_row(phase.name, *cells, f"{phase.seconds:.1f}", mark)
    return table


def _list(console: Console, title: str, items: tuple[str, ...]) -> None:
    if items:
        console.print(Text(f"{title}: {len(items)}", style="yellow"))
        for item in items:
            console.print(Text(f"  {item}"))


def relative(path: Path, start: Path) -> str:
    """A path as one would type it in `start`."""
    return str(path.relative_to(start)) if path.is_relative_to(start) else str(path)
