"""A preview of a stack with no account: the real engine against the simulated Azure, from nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Final

from rich.console import Console

import engine
import stacks
from policies.resource import Place, Stack
from rehearsal.report import problems_of
from rehearsal.run import alone, execute
from rehearsal.workspace import PROJECT, Workspace
from review.plan import Plan, PlanError, read_preview

ROOT: Final = PROJECT / ".rehearsal" / "previews"
# Nobody's state is at stake in a preview, so a second one of a stack waits for the first instead of ending; seconds.
_PATIENCE: Final = 600


def plan_of(stack: str, console: Console, *, quiet: bool = False, root: Path = ROOT) -> Plan:
    """The plan of a stack, all of it new.

    Raises PlanError where Azure would refuse it; RehearsalError, stacks.SettingsError or engine.EngineMissingError
    before anything is run.
    """
    stacks.load(stack)
    found = engine.ensure(engine.Silent() if quiet else engine.RichProgress())
    workspace = Workspace(stack, found, root=root)
    with alone(workspace, _PATIENCE):
        workspace.forget()
        workspace.prepare()
        status, outcome, _, text = execute(
            workspace, "preview", "--json", label="preview", console=console, quiet=quiet
        )
        if status != 0:
            problems = problems_of(outcome) or (text.strip()[-2000:],)
            raise PlanError(f"the preview of {stack} fails:\n" + "\n".join(f"  {one}" for one in problems))
        plan = read_preview(text, stack)
        return Plan(_with_places(plan.stack, workspace.sources), plan.operations)


def _with_places(stack: Stack, sources: Path) -> Stack:
    """Where the program itself says a resource comes from: the engine's own position may be in the SDK."""
    if not sources.is_file():
        return stack
    lines = (json.loads(line) for line in sources.read_text(encoding="utf-8").splitlines())
    places = {(token, name): Place(file, line) for token, name, file, line in lines}
    resources = (replace(one, place=places.get((one.type, one.name), one.place)) for one in stack.resources)
    return Stack(stack.name, tuple(resources))
