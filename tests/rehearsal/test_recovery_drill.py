"""The drill: dr stands beside prod in one subscription, and goes on when everything of prod is gone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import engine
from rehearsal.workspace import Workspace
from simulator.store import Store

pytestmark = [pytest.mark.engine, pytest.mark.capability("B2", "B3")]


class Shared(Workspace):
    """A stack whose subscription is another one's, too."""

    @property
    def store(self) -> Path:
        return self.root / "shared.sqlite"


def test_dr_stands_beside_prod_and_goes_on_without_it(tmp_path: Path, run: Any) -> None:
    found = engine.ensure(engine.Silent())
    prod, dr = (Shared(name, found, root=tmp_path) for name in ("prod", "dr"))
    for workspace in (prod, dr):
        workspace.prepare()
        assert run(workspace, "up").count()["create"] > 100
    lose_everything_of("prod", prod.store)
    # Objects of the cluster are rendered in a rehearsal: there is no cluster that a refresh could ask.
    run(dr, "refresh", "--exclude", "**$kubernetes:**")
    after = run(dr, "up")
    assert [(step.operation, step.urn) for step in after.changed] == []


def lose_everything_of(stack: str, subscription: Path) -> None:
    """What the loss of its region looks like to another program: nothing of the stack answers any more."""
    store = Store(subscription)
    gone = [record for record in store.all() if record.urn.startswith(f"urn:pulumi:{stack}::")]
    assert len(gone) > 100
    for record in gone:
        store.remove(record.id)
    store.close()
