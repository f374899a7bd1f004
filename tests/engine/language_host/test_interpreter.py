"""Which interpreter runs a program, by the runtime options of `Pulumi.yaml`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from engine.language_host.dependencies import install_commands
from engine.language_host.interpreter import Interpreter, OptionError, find, toolchain


def virtualenv(root: Path, name: str = ".venv") -> Path:
    python = root / name / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    return python


def test_the_virtual_environment_is_relative_to_the_project(tmp_path: Path) -> None:
    python = virtualenv(tmp_path)
    assert find({"virtualenv": ".venv"}, tmp_path) == Interpreter(python, tmp_path / ".venv")


def test_without_options_the_hosts_own_interpreter_runs_the_program(tmp_path: Path) -> None:
    assert find({}, tmp_path) == Interpreter(Path(sys.executable), None)


def test_the_toolchain_uv_means_its_environment(tmp_path: Path) -> None:
    python = virtualenv(tmp_path)
    assert find({"toolchain": "uv"}, tmp_path).executable == python


def test_a_missing_environment_is_never_replaced_by_another(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="pulumi install"):
        find({"virtualenv": "nowhere"}, tmp_path)


@pytest.mark.parametrize("options", [{"virtualenvv": "x"}, {"toolchain": "conda"}, {"typechecker": "mypy"}], ids=str)
def test_an_option_that_cannot_be_obeyed_is_refused_by_its_path(options: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=rf"Pulumi\.yaml: runtime\.options\.{next(iter(options))}"):
        toolchain(options, tmp_path)


def test_the_environment_is_as_if_activated(tmp_path: Path) -> None:
    made = Interpreter(tmp_path / "bin" / "python", tmp_path).environment({"PATH": "/usr/bin", "PYTHONHOME": "/x"})
    assert made == {"PATH": f"{tmp_path}/bin{os.pathsep}/usr/bin", "VIRTUAL_ENV": str(tmp_path)}


def test_a_lock_file_decides_for_uv(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").touch()
    assert install_commands({}, tmp_path, tmp_path)[0][1:3] == ["-m", "pip"]
    (tmp_path / "uv.lock").touch()
    assert install_commands({"virtualenv": ".venv"}, tmp_path, tmp_path) == [["uv", "sync"]]
    assert install_commands({"toolchain": "pip"}, tmp_path, tmp_path)[0][1:3] == ["-m", "pip"]


def test_pip_makes_the_environment_first(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").touch()
    make, install = install_commands({"virtualenv": "made"}, tmp_path, tmp_path)
    assert make == [sys.executable, "-m", "venv", str(tmp_path / "made")]
    assert install == [str(tmp_path / "made/bin/python"), "-m", "pip", "install", "-r", "requirements.txt"]
