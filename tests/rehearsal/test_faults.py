"""A hundred random faults at the dev stack: whatever goes wrong, the next update converges."""

from __future__ import annotations

import dataclasses
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from rich.console import Console

import engine
from rehearsal import Options, rehearse
from rehearsal.run import execute
from rehearsal.workspace import PROJECT, Workspace
from simulator.faults import KINDS, FaultsError
from simulator.store import Store

pytestmark = pytest.mark.engine

QUIET = Console(quiet=True)
WANTED = 100


def resources() -> list[tuple[str, str]]:
    """Token and logical name of every resource of dev."""
    lines = (PROJECT / "tests" / "goldens" / "dev" / "resources.txt").read_text().splitlines()
    return [tuple(line.split(" ", 1)) for line in lines if line.startswith("azure-native:")]  # type: ignore[misc]


def write_faults(path: Path, seed: int, count: int) -> None:
    """Random faults at random resources. Killing is rare: the rest of the update goes with the plugin."""
    draw = random.Random(seed)  # noqa: S311 - a repeatable draw is what is wanted
    kinds = [kind for kind in sorted(KINDS) if kind != "kill"]
    chosen = draw.sample(resources(), count)
    faults = [{"kind": draw.choice(kinds), "type": token, "name": name} for token, name in chosen]
    path.write_text(yaml.safe_dump({"faults": [*faults, {"kind": "kill", "name": draw.choice(chosen)[1]}]}))


def struck(workspace: Workspace) -> int:
    counters = workspace.store.with_suffix(".faults.json")
    return sum(json.loads(counters.read_text()).values()) if counters.is_file() else 0


def test_after_a_hundred_random_faults_nothing_is_lost_left_over_or_made_twice(tmp_path: Path, run: Any) -> None:
    workspace = Workspace("dev", engine.ensure(engine.Silent()), root=tmp_path)
    total = seed = 0
    while total < WANTED:
        workspace.forget()
        workspace.prepare()
        faults = tmp_path / f"faults-{seed}.yaml"
        write_faults(faults, seed, 60)
        hit = dataclasses.replace(workspace, faults=faults)
        for _ in range(3):
            execute(hit, "up", "--continue-on-error", label="up", console=QUIET, quiet=True)
            workspace.mend()
        total += struck(workspace)
        run(workspace, "up")
        outcome = run(workspace, "up", "--expect-no-changes")
        assert outcome.count() == {"same": len(resources())}, f"seed {seed}"
        store = Store(workspace.store)
        made = Counter((record.token, record.urn.rsplit("::", 1)[-1]) for record in store.all())
        assert made == Counter(resources()), f"seed {seed}: an orphan or a duplicate"
        assert all(record.outputs.get("provisioningState", "Succeeded") == "Succeeded" for record in store.all())
        store.close()
        seed += 1
        assert seed < 10, f"only {total} faults struck in {seed} rounds"


def test_a_rehearsal_with_faults_shows_the_update_that_met_them_and_that_the_next_got_over_it(tmp_path: Path) -> None:
    faults = tmp_path / "faults.yaml"
    faults.write_text("faults: [{kind: connection-lost, type: 'azure-native:keyvault:Vault'}]")
    report = rehearse(Options("dev", quiet=True, root=tmp_path, faults=faults), QUIET)
    assert [phase.name for phase in report.phases] == ["up + faults", "up", "up, again"]
    assert report.succeeded
    assert report.phases[0].operations["failed"] == 1


def test_a_file_of_faults_that_can_not_be_used_stops_everything_before_the_engine_starts(tmp_path: Path) -> None:
    faults = tmp_path / "faults.yaml"
    faults.write_text("faults: [{kind: trottle}]")
    with pytest.raises(FaultsError, match="throttle"):
        rehearse(Options("dev", quiet=True, root=tmp_path, faults=faults), QUIET)
