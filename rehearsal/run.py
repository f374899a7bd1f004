"""One rehearsal from beginning to end."""

from __future__ import annotations

import json
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

import engine
import stacks
from rehearsal import events
from rehearsal.events import Outcome
from rehearsal.report import Phase, Report, by_component, declared_in, problems_of, relative
from rehearsal.workspace import PROJECT, Workspace
from simulator.faults import read_faults
from simulator.store import Store

# The engine says with this status that `--expect-no-changes` did not hold (`exit_codes.go`, since 3.227).
_CHANGES: Final = 7
_SHOWN: Final = 20


class RehearsalError(Exception):
    """A rehearsal that can't start. The message says what to do."""


@dataclass(frozen=True)
class Options:
    """What the caller decides. `keep`: go on from what the last rehearsal left; `destroy`: leave nothing.

    `root`: where the rehearsals lie; one folder a stack. `faults`: a file of faults on demand (`simulator.faults`),
    which strike in an update of their own before the others.
    """

    stack: str = "dev"
    keep: bool = False
    destroy: bool = False
    quiet: bool = False
    json_file: Path | None = None
    root: Path = PROJECT / ".rehearsal"
    faults: Path | None = None


def rehearse(options: Options, console: Console) -> Report:
    """Runs a complete `up`, a second one that must change nothing, and on demand a `destroy` that must leave nothing.

    Raises RehearsalError, stacks.SettingsError or engine.EngineMissingError before anything is run.
    """
    stacks.load(options.stack)
    if options.faults is not None:
        read_faults(options.faults)
    found = engine.ensure(engine.Silent() if options.quiet else engine.RichProgress())
    workspace = Workspace(options.stack, found, root=options.root)
    with alone(workspace):
        if not options.keep:
            workspace.forget()
        workspace.prepare()
        report = _run(workspace, options, console)
    if options.json_file is not None:
        options.json_file.write_text(json.dumps(report.as_json(), indent=2) + "\n", encoding="utf-8")
    return report


@contextmanager
def alone(workspace: Workspace, patience: float = 0) -> Iterator[None]:
    """One rehearsal of a stack at a time; another one would change the state under it.

    `patience`: for how many seconds the end of another one is waited for. Raises RehearsalError after that.
    """
    workspace.root.mkdir(parents=True, exist_ok=True)
    lock = FileLock(workspace.root / f"{workspace.stack}.lock")
    try:
        lock.acquire(timeout=patience)
    except Timeout:
        raise RehearsalError(
            f"another rehearsal of stack {workspace.stack} is running in {workspace.folder}; wait for it, or stop it "
            "with Ctrl-C in its terminal"
        ) from None
    try:
        yield
    finally:
        lock.release()


def _run(workspace: Workspace, options: Options, console: Console) -> Report:
    phases = [_with_faults(workspace, options, console)] if options.faults is not None else []
    first, outcome = _phase(workspace, "up", console, options)
    phases.append(first)
    if first.succeeded:
        phases.append(_phase(workspace, "up, again", console, options)[0])
    store = Store(workspace.store)
    notes = store.notes()
    store.close()
    if options.destroy:
        phases.append(_destroy(workspace, console, options))
    return Report(
        stack=workspace.stack,
        engine=f"pulumi {workspace.engine.version} ({workspace.engine.origin})",
        state=relative(workspace.folder, PROJECT),
        phases=tuple(phases),
        components=by_component(outcome.steps),
        trusted=tuple(sorted({note.detail for note in notes if note.kind == "trusted"})),
        not_judged=tuple(sorted({note.detail for note in notes if note.kind != "trusted"})),
        warnings=tuple(dict.fromkeys(c.message for c in outcome.complaints if c.severity == "warning")),
    )


def _phase(workspace: Workspace, name: str, console: Console, options: Options) -> tuple[Phase, Outcome]:
    again = name != "up"
    flags = ["--expect-no-changes"] if again else []
    status, outcome, seconds, text = execute(workspace, "up", *flags, label=name, console=console, quiet=options.quiet)
    problems = problems_of(outcome, declared_in(workspace.sources))
    if again and (status == _CHANGES or outcome.changed):
        shown = [f"{step.operation} {step.urn.rsplit('::', 1)[-1]} ({step.type})" for step in outcome.changed[:_SHOWN]]
        problems = (f"a second `up` must change nothing, and would: {', '.join(shown)}",)
    elif status != 0 and not problems:
        problems = (text.strip() or f"pulumi ended with status {status}",)
    phase = Phase(name, seconds, dict(outcome.count()), status == 0 and not problems, problems)
    return phase, outcome


def _with_faults(workspace: Workspace, options: Options, console: Console) -> Phase:
    """An update in which Azure fails on demand. It may fail; what counts is that the next ones get over it."""
    struck = replace(workspace, faults=options.faults)
    name = "up + faults"
    status, outcome, seconds, text = execute(
        struck, "up", "--continue-on-error", label=name, console=console, quiet=options.quiet
    )
    (workspace.folder / "up-with-faults.txt").write_text(text, encoding="utf-8")
    # A killed plugin takes the engine's answer with it, and the lock stays.
    workspace.mend()
    return Phase(name, seconds, {**outcome.count(), "failed": int(status != 0)}, succeeded=True)


def _destroy(workspace: Workspace, console: Console, options: Options) -> Phase:
    workspace.unprotect()
    status, outcome, seconds, text = execute(
        workspace, "destroy", label="destroy", console=console, quiet=options.quiet
    )
    problems = problems_of(outcome) or (() if status == 0 else (text.strip(),))
    store = Store(workspace.store)
    left = store.all()
    store.close()
    if status == 0 and left:
        problems = (f"`destroy` left {len(left)} resources: {', '.join(record.id for record in left[:_SHOWN])}",)
    return Phase("destroy", seconds, dict(outcome.count()), status == 0 and not problems, problems)


def execute(
    workspace: Workspace, command: str, *flags: str, label: str, console: Console, quiet: bool = False
) -> tuple[int, Outcome, float, str]:
    """Runs one command of the engine; answers its status, its events, its seconds and what it printed.

    Ctrl-C reaches the engine too (it is in the same process group): it is given the time to end cleanly.
    """
    log = workspace.folder / f"{label.replace(', ', '-')}.events.jsonl"
    log.unlink(missing_ok=True)
    workspace.sources.unlink(missing_ok=True)
    yes = [] if command == "preview" else ["--yes", "--skip-preview"]
    arguments = [command, *yes, "--non-interactive", "--event-log", str(log), *flags]
    start = time.monotonic()
    process = subprocess.Popen(
        workspace.command(*arguments),
        cwd=workspace.project,
        env=workspace.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with _progress(console, label, workspace.stack, log, quiet=quiet):
        try:
            text, _ = process.communicate()
        except KeyboardInterrupt:
            process.communicate()
            raise
    seconds = time.monotonic() - start
    return process.returncode, events.read(log), seconds, text


@contextmanager
def _progress(console: Console, label: str, stack: str, log: Path, *, quiet: bool) -> Iterator[None]:
    """Shows how many resources are done while the engine runs."""
    if quiet:
        yield
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    done = threading.Event()
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(f"pulumi {label} --stack {stack}")

        def follow() -> None:
            while not done.wait(0.3):
                count = _count_done(log)
                progress.update(task, description=f"pulumi {label} --stack {stack}: {count} resources done")

        thread = threading.Thread(target=follow, daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()


def _count_done(log: Path) -> int:
    try:
        return log.read_bytes().count(b'"resOutputsEvent"')
    except OSError:
        return 0
