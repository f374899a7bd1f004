"""How long a person waits before anything happens: the commands' start, and the simulator's reading of the SDK."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from benchmark.figures import Figure
from benchmark.run import BenchmarkError
from benchmark.table import Section, of_figures
from rehearsal.workspace import PROJECT
from simulator.catalog import open_catalog

COMMANDS: Final = (("--list",), ("rehearse", "--help"))
_LARGEST: Final = 3

_NOTE: Final = (
    "The catalog is what the simulator knows of the SDK. Each module is compiled once for an SDK version (cold) and "
    "read from its file afterwards (warm), when a program first uses it. Shown are the largest modules that the "
    "platform uses."
)


def measure(rounds: int, say: Callable[[str], None]) -> Section:
    """Starts each command and compiles each module `rounds` times. Raises BenchmarkError."""
    figures = []
    for command in COMMANDS:
        say(f"start of `invoke {' '.join(command)}`")
        timed(["-m", "invoke", *command])  # the first start compiles byte code; it is not counted
        seconds = tuple(timed(["-m", "invoke", *command])[0] for _ in range(rounds))
        figures.append(Figure(f"`invoke {' '.join(command)}`", "s", seconds))
    for module in largest_modules(used_modules(), open_catalog().sdk):
        say(f"catalog of {module}")
        took = [json.loads(timed(["-m", "benchmark.catalog", module])[1]) for _ in range(rounds)]
        for state in took[0]:
            milliseconds = tuple(each[state] * 1000 for each in took)
            figures.append(Figure(f"catalog of {module}, {state}", "ms", milliseconds))
    return of_figures("Start", figures, (_NOTE,))


def used_modules() -> set[str]:
    """The SDK's modules that the components import."""
    prefix = "from pulumi_azure_native import "
    lines = [line for file in (PROJECT / "components").rglob("*.py") for line in file.read_text("utf-8").splitlines()]
    imported = [line.removeprefix(prefix).split(",") for line in lines if line.startswith(prefix)]
    return {name.split(" as ")[0].strip() for names in imported for name in names}


def largest_modules(names: Iterable[str], sdk: Path) -> list[str]:
    """The names of the modules with the most source, the largest first."""
    size = {name: sum(file.stat().st_size for file in (sdk / name).glob("*.py")) for name in names}
    return sorted(size, key=lambda name: (-size[name], name))[:_LARGEST]


def timed(arguments: list[str]) -> tuple[float, str]:
    """Seconds of a Python process of this project, and what it printed."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.monotonic()
    ended = subprocess.run(
        [sys.executable, *arguments], cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
    )
    seconds = time.monotonic() - start
    if ended.returncode != 0:
        raise BenchmarkError(f"`python {' '.join(arguments)}` failed: {ended.stderr.strip() or ended.stdout.strip()}")
    return seconds, ended.stdout
