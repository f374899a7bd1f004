"""`invoke evidence`: from a state file to a bundle, and what it says when it can't."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from invoke.context import Context
from invoke.exceptions import Exit

import tasks
from review.checkov.run import CheckovError, CheckovResult
from review.evidence import task
from review.policy import PolicyError
from tests.review.evidence.test_bundle import files

TODAY = date(2026, 11, 25)
CLUSTER = "azure-native:containerservice:ManagedCluster"


def state(folder: Path, name: str = "prod.json", **inputs: Any) -> Path:
    urn = f"urn:pulumi:prod::platform::{CLUSTER}::aks"
    document = {"version": 3, "deployment": {"resources": [{"urn": urn, "type": CLUSTER, "inputs": inputs}]}}
    file = folder / name
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def test_a_state_becomes_a_bundle_that_says_which_file_it_was(tmp_path: Path) -> None:
    file = state(tmp_path, disableLocalAccounts=False)
    task.run([], [file], tmp_path / "out", TODAY)
    (part,) = json.loads((tmp_path / "out" / "index.json").read_text())["stacks"]
    assert (part["folder"], part["source"], part["date"]) == ("prod-state", "state", "2026-11-25")
    assert part["state"] == {"file": "prod.json", "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}
    assert part["observations"]["fail"] > 0
    rows = (tmp_path / "out" / "prod-state" / "control-matrix.csv").read_text(encoding="utf-8")
    assert '"itsg33","AC-2(1)"' in rows
    assert str(tmp_path) not in rows


def test_two_runs_are_byte_equal_wherever_the_state_lies(tmp_path: Path) -> None:
    (tmp_path / "else").mkdir()
    task.run([], [state(tmp_path, disableLocalAccounts=False)], tmp_path / "one", TODAY)
    task.run([], [state(tmp_path / "else", disableLocalAccounts=False)], tmp_path / "two", TODAY)
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_without_a_stack_or_a_state_every_stack_is_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def refuse(subject: Any, *_: Any) -> None:
        asked.append(subject.stack)
        if len(asked) == 4:
            raise PolicyError("enough")

    monkeypatch.setattr(task, "report_of", refuse)
    monkeypatch.setattr(task, "part_of", lambda *_, **__: None)
    with pytest.raises(PolicyError, match="enough"):
        task.run([], [], tmp_path / "out", TODAY)
    assert asked == ["dev", "test", "prod", "dr"]
    assert not (tmp_path / "out").exists()


def test_checkov_stands_beside_ours_where_it_ran(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(task, "run_checkov", lambda *_: CheckovResult((), 1.0))
    task.run([], [state(tmp_path)], tmp_path / "out", TODAY, checkov=True)
    found = json.loads((tmp_path / "out" / "prod-state" / "checkov.json").read_text())
    assert (found["checkov"], found["left_out"]) == ([], [])
    assert set(found["counts"].values()) == {0}


@pytest.mark.parametrize("error", [CheckovError("checkov can't be got"), PolicyError("no such stack")])
def test_what_goes_wrong_is_said_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: Any) -> None:
        raise error

    monkeypatch.setattr(task, "run_checkov", fail)
    with pytest.raises(PolicyError, match=str(error)):
        task.run([], [state(tmp_path)], tmp_path / "out", TODAY, checkov=True)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"state": ["/no/such.json"]}, "there is no /no/such.json"),
        ({"stack": ["nope"]}, "nope"),
        ({"date": "tomorrow"}, "tomorrow"),
    ],
)
def test_the_command_ends_with_two_and_says_why(tmp_path: Path, options: dict[str, Any], says: str) -> None:
    given = {"stack": [], "state": [], "out": str(tmp_path / "out"), **options}
    with pytest.raises(Exit, match=says) as stopped:
        tasks.evidence.body(Context(), **given)
    assert stopped.value.code == 2


def test_the_command_judges_waivers_by_the_asked_day(tmp_path: Path) -> None:
    given = {"state": [str(state(tmp_path))], "out": str(tmp_path / "out"), "date": "2027-01-31"}
    tasks.evidence.body(Context(), stack=[], **given)
    (part,) = json.loads((tmp_path / "out" / "index.json").read_text())["stacks"]
    assert part["date"] == "2027-01-31"
