"""A rehearsal that is killed, cancelled or run twice: nothing half-made, and the next `up` converges."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from filelock import FileLock
from rich.console import Console

import engine
from rehearsal.run import Options, RehearsalError, rehearse
from rehearsal.workspace import PROJECT, Workspace
from simulator.store import Store

pytestmark = pytest.mark.engine


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace("dev", engine.ensure(engine.Silent()), root=tmp_path)
    made.prepare()
    return made


def start(workspace: Workspace) -> subprocess.Popen[str]:
    return subprocess.Popen(
        workspace.command("up", "--yes", "--skip-preview", "--non-interactive"),
        cwd=workspace.project,
        env=workspace.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def wait_for(store: Store, count: int, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 60
    while len(store.all()) < count:
        assert process.poll() is None, "the update ended before it could be interrupted"
        assert time.monotonic() < deadline
        time.sleep(0.01)


def kill_everything(process: subprocess.Popen[str]) -> None:
    family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    for member in family:
        try:
            member.kill()
        except psutil.NoSuchProcess:
            continue
    process.communicate()


@pytest.fixture
def subscription(workspace: Workspace) -> Iterator[Store]:
    opened = Store(workspace.store)
    yield opened
    opened.close()


@pytest.mark.parametrize("made", [1, 40, 110])
def test_after_a_kill_in_the_middle_the_next_up_converges(
    workspace: Workspace, run: Any, subscription: Store, made: int
) -> None:
    process = start(workspace)
    wait_for(subscription, made, process)
    kill_everything(process)
    left = len(subscription.all())
    workspace.prepare()
    run(workspace, "up")
    outcome = run(workspace, "up", "--expect-no-changes")
    assert outcome.changed == []
    assert left >= made
    assert len(subscription.all()) == outcome.count()["same"], "no orphan, no duplicate"


@pytest.mark.parametrize("backup", [True, False], ids=["with the state before", "with no state at all"])
def test_a_state_that_was_cut_short_is_put_right(
    workspace: Workspace, run: Any, subscription: Store, backup: bool
) -> None:
    made = run(workspace, "up").count()["create"]
    (state,) = (workspace.folder / "state/.pulumi/stacks/platform").glob("dev.json")
    state.write_bytes(b"")
    if not backup:
        state.with_suffix(".json.bak").unlink()
    workspace.prepare()
    run(workspace, "up")
    assert run(workspace, "up", "--expect-no-changes").count() == {"same": made}
    assert len(subscription.all()) == made


def test_attributes_of_a_state_that_were_cut_short_are_put_right(workspace: Workspace, run: Any) -> None:
    found = list((workspace.folder / "state").rglob("*.attrs"))
    assert found, "the backend keeps no attributes any more: this test and what it is about can go"
    for attributes in found:
        attributes.write_bytes(b"")
    workspace.prepare()
    run(workspace, "preview")


def test_ctrl_c_ends_the_update_cleanly_and_the_next_one_goes_on(
    workspace: Workspace, run: Any, subscription: Store
) -> None:
    process = start(workspace)
    wait_for(subscription, 20, process)
    process.send_signal(signal.SIGINT)
    text, _ = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "Traceback" not in text
    run(workspace, "up")
    assert run(workspace, "up", "--expect-no-changes").changed == []


def test_two_rehearsals_of_one_stack_at_once_are_refused_with_the_way_out() -> None:
    root = PROJECT / ".rehearsal"
    root.mkdir(exist_ok=True)
    with (
        FileLock(root / "test.lock"),
        pytest.raises(RehearsalError, match="another rehearsal of stack test is running"),
    ):
        rehearse(Options("test", quiet=True), Console(quiet=True))
