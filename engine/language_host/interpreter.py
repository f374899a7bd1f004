"""Which Python interpreter runs a program, and where the packages of that interpreter lie.

Source: the runtime options of Python projects (https://www.pulumi.com/docs/iac/languages-sdks/python/, read 2026-11):
`virtualenv`, `toolchain` (pip, poetry, uv) and `typechecker`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

TOOLCHAINS = ("pip", "poetry", "uv")
KNOWN_OPTIONS = frozenset({"toolchain", "typechecker", "virtualenv"})


class OptionError(Exception):
    """A runtime option of `Pulumi.yaml` that can't be obeyed; the text says which, why, and how to mend it."""


@dataclass(frozen=True)
class Interpreter:
    """An interpreter, and the root of its virtual environment (None: the interpreter that runs this host)."""

    executable: Path
    virtualenv: Path | None

    def environment(self, base: Mapping[str, str]) -> dict[str, str]:
        """Return `base` as if the virtual environment were activated, so that the program's subprocesses use it too."""
        result = {name: value for name, value in base.items() if name != "PYTHONHOME"}
        if self.virtualenv is not None:
            result["VIRTUAL_ENV"] = str(self.virtualenv)
            result["PATH"] = os.pathsep.join([str(self.executable.parent), result.get("PATH", os.defpath)])
        return result

    def package_folders(self) -> list[Path]:
        """Return the folders in which this interpreter finds installed packages."""
        if self.virtualenv is None:
            return [Path(entry) for entry in sys.path if entry.endswith("site-packages")]
        return sorted(self.virtualenv.glob("lib/python3*/site-packages"))


def toolchain(options: Mapping[str, str], root: Path) -> str:
    """Return the toolchain that installs the program's packages.

    Without the option, a `uv.lock` beside `Pulumi.yaml` decides for uv: installing with pip would silently ignore the
    locked versions.
    """
    unknown = sorted(set(options) - KNOWN_OPTIONS)
    if unknown:
        known = ", ".join(sorted(KNOWN_OPTIONS))
        raise OptionError(
            f"Pulumi.yaml: runtime.options.{unknown[0]} is not an option of the Python runtime ({known})."
        )
    if options.get("typechecker") not in (None, "none"):
        raise OptionError(
            "Pulumi.yaml: runtime.options.typechecker is not supported by the language host that is used with a CLI "
            "built from source. Remove the option and run the type checker yourself, or install the official CLI."
        )
    named = options.get("toolchain")
    if named is None:
        return "uv" if (root / "uv.lock").exists() else "pip"
    if named not in TOOLCHAINS:
        raise OptionError(
            f"Pulumi.yaml: runtime.options.toolchain is {named!r}; it must be one of {', '.join(TOOLCHAINS)}."
        )
    return named


def virtualenv_folder(options: Mapping[str, str], root: Path) -> Path | None:
    """Return the folder of the program's virtual environment, whether it exists or not; None if none is named."""
    named = options.get("virtualenv")
    tool = toolchain(options, root)
    if named is not None:
        return root / named
    if options.get("toolchain") == "uv":
        return root / os.environ.get("UV_PROJECT_ENVIRONMENT", ".venv")
    if tool == "poetry":
        asked = subprocess.run(
            ["poetry", "env", "info", "--path"], cwd=root, capture_output=True, text=True, timeout=30, check=False
        )
        if asked.returncode == 0:
            return Path(asked.stdout.strip())
        raise OptionError(f"poetry has no environment for {root}; run `pulumi install` there. It said: {asked.stderr}")
    return None


def find(options: Mapping[str, str], root: Path) -> Interpreter:
    """Return the interpreter for the program whose `Pulumi.yaml` lies in `root`.

    Raises OptionError when the environment that the options name isn't there, rather than run the program with
    another one.
    """
    folder = virtualenv_folder(options, root)
    if folder is None:
        return Interpreter(Path(sys.executable), None)
    executable = folder / "bin" / "python"
    if not executable.exists():
        raise OptionError(
            f"the virtual environment of this program is missing: {executable} does not exist. The program can't "
            "start without its packages. Run `pulumi install` (or `uv sync`) to make it, or change "
            "runtime.options.virtualenv in Pulumi.yaml."
        )
    return Interpreter(executable, folder)
