"""How `pulumi install` installs the packages of a Python program: which commands, for which toolchain."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from engine.language_host.interpreter import toolchain, virtualenv_folder


def install_commands(options: Mapping[str, str], root: Path, program: Path) -> list[list[str]]:
    """Return the commands to run in `program`, in order. Empty: the program declares no packages.

    `root` holds `Pulumi.yaml`; `program` holds the code and its `requirements.txt` or `pyproject.toml`.
    Raises `OptionError` for a runtime option that can't be obeyed.
    """
    tool = toolchain(options, root)
    if tool == "uv":
        return [["uv", "sync"]]
    if tool == "poetry":
        return [["poetry", "install", "--no-ansi"]]
    folder = virtualenv_folder(options, root)
    commands: list[list[str]] = []
    python = Path(sys.executable)
    if folder is not None:
        python = folder / "bin" / "python"
        if not python.exists():
            commands.append([sys.executable, "-m", "venv", str(folder)])
    if (program / "requirements.txt").exists():
        commands.append([str(python), "-m", "pip", "install", "-r", "requirements.txt"])
    elif (program / "pyproject.toml").exists():
        commands.append([str(python), "-m", "pip", "install", "-e", "."])
    return commands
