"""A rehearsal folder of its own for each module, so that tests never touch the developer's `.rehearsal`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from rich.console import Console

import engine
from rehearsal import configuration
from rehearsal.events import Outcome
from rehearsal.run import execute
from rehearsal.workspace import PROJECT, Workspace
from simulator.store import Store

Run = Callable[..., Outcome]


@pytest.fixture(scope="module")
def dev(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Stack dev in an empty folder, prepared."""
    workspace = Workspace("dev", engine.ensure(engine.Silent()), root=tmp_path_factory.mktemp("rehearsal"))
    workspace.prepare()
    return workspace


@pytest.fixture
def run() -> Run:
    """Runs one command of the engine and answers its events; fails the test when the status isn't the expected one."""

    def command(workspace: Workspace, *arguments: str, status: int = 0) -> Outcome:
        got, outcome, _, text = execute(
            workspace, *arguments, label=arguments[0], console=Console(quiet=True), quiet=True
        )
        assert got == status, text
        return outcome

    return command


@pytest.fixture
def store(dev: Workspace) -> Iterator[Store]:
    """The simulated subscription of `dev`."""
    opened = Store(dev.store)
    yield opened
    opened.close()


@pytest.fixture
def dev_document() -> dict[str, dict[str, dict[str, object]]]:
    """The configuration file of dev, for changing a setting without changing the file."""
    return configuration.read(PROJECT / "stacks" / "Pulumi.dev.yaml")
