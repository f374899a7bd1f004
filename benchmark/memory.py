"""How much memory the Pulumi program takes: the process of the program alone, not the engine's or its plugins'."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Final, Self

import psutil

from engine.language_host.children import RUNNER

# How often the process is looked at. A peak shorter than this between two looks can be missed where the system keeps
# no high-water mark of its own.
_SECONDS: Final = 0.05
# What runs the program: our language host's runner, or the script that comes with an official CLI.
_PROGRAMS: Final = (str(RUNNER), "pulumi-language-python-exec")


class PeakMemory:
    """Watches, while it is entered, the program that this process's engine runs."""

    def __init__(self) -> None:
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="peak-memory", daemon=True)
        self._peak: int | None = None

    @property
    def megabytes(self) -> float | None:
        """The largest resident set seen, in MB (1,000,000 bytes); None when no program was seen."""
        return None if self._peak is None else self._peak / 1e6

    def __enter__(self) -> Self:
        """Starts to watch."""
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Stops watching."""
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        program: psutil.Process | None = None
        while not self._done.wait(_SECONDS):
            try:
                program = program or find_program(psutil.Process())
                if program is not None:
                    self._peak = max(self._peak or 0, program.memory_info().rss)
            except psutil.NoSuchProcess:
                program = None


def find_program(parent: psutil.Process) -> psutil.Process | None:
    """The process below `parent` that runs a Pulumi program."""
    for child in parent.children(recursive=True):
        try:
            if is_program(child.cmdline()):
                return child
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return None


def is_program(command: list[str]) -> bool:
    """Whether a command line is that of a Pulumi program; the host that starts it also has Python as its first word."""
    return any(argument.endswith(_PROGRAMS) for argument in command[1:3])
