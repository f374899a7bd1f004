"""Two stacks that are updated at the same time in one subscription."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

import engine
from rehearsal.failures import PROGRAM
from rehearsal.run import execute
from rehearsal.workspace import Workspace
from simulator.store import Store

pytestmark = pytest.mark.engine

IDENTITY = "azure-native:managedidentity:UserAssignedIdentity"
COUNT = 12


class Sharing(Workspace):
    """A stack with a state of its own in a subscription that it shares."""

    @property
    def store(self) -> Path:
        """The subscription of both."""
        return self.root.parent / "subscription.sqlite"

    @property
    def environment(self) -> dict[str, str]:
        """As for any stack, and where its resources are listed."""
        return {**super().environment, "PLATFORM_FAILURE_PROGRAM": str(self.folder / "program.json")}

    def declare(self, names: Sequence[str]) -> None:
        """A program with an identity of each name."""
        self.prepare({"config": {}})
        inputs = {"resourceGroupName": "rg-shared", "location": "canadacentral"}
        program: list[dict[str, Any]] = [
            {"token": IDENTITY, "name": name, "inputs": {**inputs, "resourceName": name}, "depends_on": []}
            for name in names
        ]
        (self.folder / "program.json").write_text(json.dumps(program), encoding="utf-8")


def up(workspace: Workspace) -> int:
    status, *_ = execute(
        workspace, "up", "--continue-on-error", label="up", console=Console(quiet=True), quiet=True
    )  # fmt: skip
    return status


def both(tmp_path: Path, first: Sequence[str], second: Sequence[str]) -> tuple[list[int], Store]:
    """The statuses of two updates at the same time, and what they left."""
    found = engine.ensure(engine.Silent())
    stacks = [Sharing(name, found, project=PROGRAM, root=tmp_path / name) for name in ("one", "two")]
    for stack, names in zip(stacks, (first, second), strict=True):
        stack.declare(names)
    with ThreadPoolExecutor(2) as pool:
        statuses = list(pool.map(up, stacks))
    return statuses, Store(stacks[0].store)


def test_both_make_what_is_theirs(tmp_path: Path) -> None:
    one, two = ([f"id-{stack}-{number}" for number in range(COUNT)] for stack in ("one", "two"))
    statuses, store = both(tmp_path, one, two)
    assert statuses == [0, 0]
    assert sorted(record.id.rsplit("/", 1)[-1] for record in store.all()) == sorted([*one, *two])
    store.close()


def test_what_both_declare_is_made_once_and_refused_to_the_other(tmp_path: Path) -> None:
    names = [f"id-shared-{number}" for number in range(COUNT)]
    statuses, store = both(tmp_path, names, names)
    records = store.all()
    store.close()
    assert len(records) == COUNT
    winners = {record.urn.split("::")[0] for record in records}
    assert any(status != 0 for status in statuses)
    assert winners <= {"urn:pulumi:one", "urn:pulumi:two"}
    assert all(record.revision == 1 for record in records), "a resource of one stack was overwritten by the other"
