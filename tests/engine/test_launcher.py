"""The script beside a CLI built from source finds the clone whose language host it starts."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from engine import launcher

Executable = Callable[..., Path]


def clone(executable: Executable, name: str) -> Path:
    """Make a fake clone whose interpreter prints which clone it was started for."""
    python = executable(f"{name}/.venv/bin/python", f'echo {name} "$4" "$5"')
    project = python.parents[2]
    (project / "engine" / "language_host").mkdir(parents=True)
    (project / "engine" / "language_host" / "__main__.py").touch()
    return project


def start(script: Path, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"]} | variables
    return subprocess.run([script, "ADDRESS"], cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_named_clone_wins_then_the_surrounding_one_then_the_last(executable: Executable, tmp_path: Path) -> None:
    named, around, last = (clone(executable, name) for name in ("named", "around", "last"))
    script = executable("host", launcher.script(last, last / ".venv/bin/python").partition("\n")[2])
    deep = around / "a b" / "c"
    deep.mkdir(parents=True)
    assert start(script, deep, PLATFORM_ENGINE_PROJECT=str(named)).stdout == f"named {named} ADDRESS\n"
    assert start(script, deep).stdout == f"around {around} ADDRESS\n"
    assert start(script, tmp_path).stdout == f"last {last} ADDRESS\n"


def test_the_named_interpreter_wins(executable: Executable, tmp_path: Path) -> None:
    project = clone(executable, "project")
    other = executable("other", 'echo other "$4"')
    script = executable("host", launcher.script(project, other).partition("\n")[2])
    assert start(script, project, PLATFORM_ENGINE_PYTHON=str(other)).stdout == f"other {project}\n"


def test_a_clone_that_is_gone_is_said_with_the_command_that_mends_it(executable: Executable, tmp_path: Path) -> None:
    gone = tmp_path / "it's gone"
    script = executable("host", launcher.script(gone, gone / "python").partition("\n")[2])
    told = start(script, tmp_path)
    assert told.returncode == 1
    assert f"is gone ({gone})" in told.stderr
    assert "uv run invoke engine" in told.stderr


def test_installing_again_writes_nothing_and_leaves_nothing_beside(tmp_path: Path) -> None:
    launcher.install(tmp_path)
    [script] = tmp_path.iterdir()
    before = script.stat().st_ino
    launcher.install(tmp_path)
    assert [path.stat().st_ino for path in tmp_path.iterdir()] == [before]
    assert script.stat().st_mode & 0o777 == 0o755
