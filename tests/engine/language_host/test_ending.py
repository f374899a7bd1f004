"""How runs of Python programs end when someone interrupts or kills a part, judged by the real engine."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.engine

Workspace = Any
"""`conftest.Workspace`; with importmode=importlib a conftest can't be imported by name."""


def started(workspace: Workspace, text: str) -> tuple[Any, Callable[[], str]]:
    """Start `up` of a program that says it is running; return the process, and how to wait for its output."""
    mark = workspace.folder / "running"
    workspace.program(text.replace("RUNNING", f"open({str(mark)!r}, 'w').close()"))
    process = workspace.start("up", "--yes", "--skip-preview")
    end = time.monotonic() + 30
    while not mark.exists():
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < end
        time.sleep(0.05)
    return process, lambda: process.communicate(timeout=60)[0]


@pytest.mark.parametrize(
    "text",
    [
        "import time\nRUNNING\ntime.sleep(600)\n",
        "import asyncio, pulumi\nRUNNING\npulumi.Output.from_input(asyncio.sleep(600)).apply(print)\n",
        "import signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nRUNNING\ntime.sleep(600)\n",
    ],
    ids=["sleeping", "awaiting", "deaf"],
)
def test_interrupting_ends_the_program_without_traceback_or_orphan(workspace: Workspace, text: str) -> None:
    process, output = started(workspace, text)
    os.killpg(process.pid, signal.SIGINT)
    said = output()
    assert "update canceled" in said
    assert "Traceback" not in said
    assert "KeyboardInterrupt" not in said
    assert workspace.ends()


def test_interrupting_lets_the_program_clean_up(workspace: Workspace) -> None:
    text = (
        "import atexit, time\natexit.register(print, 'left')\n"
        "try:\n    RUNNING\n    time.sleep(600)\nfinally:\n    print('cleaned')\n"
    )
    process, output = started(workspace, text)
    os.killpg(process.pid, signal.SIGINT)
    said = output()
    assert "cleaned" in said
    assert "left" in said


def the(workspace: Workspace, part: str) -> Any:
    """The process of this workspace whose command line contains `part`."""
    [found] = [process for process in workspace.processes() if any(part in word for word in process.cmdline())]
    return found


def test_killing_the_host_ends_the_program(workspace: Workspace) -> None:
    process, output = started(workspace, "import time\nRUNNING\ntime.sleep(600)\n")
    the(workspace, "language_host.__main__").kill()
    assert "error" in output()
    assert process.returncode != 0
    assert workspace.ends()


def test_killing_the_engine_ends_the_host_and_the_program(workspace: Workspace) -> None:
    process, output = started(workspace, "import time\nRUNNING\ntime.sleep(600)\n")
    process.kill()
    output()
    assert workspace.ends()
