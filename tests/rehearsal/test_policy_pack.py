"""The policy pack in the engine, over whole stacks: what is in order is refused neither before nor after it is made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import engine
from rehearsal.workspace import PROJECT, Workspace

pytestmark = pytest.mark.engine

PACK = ("--policy-pack", str(PROJECT / "policies"))


@pytest.mark.parametrize("command", ["preview", "up"])
@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_a_stack_of_ours_goes_through_with_the_pack(stack: str, command: str, tmp_path: Path, run: Any) -> None:
    workspace = Workspace(stack, engine.ensure(engine.Silent()), root=tmp_path)
    workspace.prepare()
    run(workspace, command, *PACK)
    if command == "up":
        run(workspace, "preview", *PACK)
