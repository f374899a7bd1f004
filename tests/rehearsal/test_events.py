from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rehearsal import events


def step(urn: str, operation: str, *, custom: bool = True, kind: str = "azure-native:network:Subnet") -> dict[str, Any]:
    new = {"parent": "urn:parent", "custom": custom}
    return {"resOutputsEvent": {"metadata": {"urn": urn, "type": kind, "op": operation, "new": new, "old": None}}}


def complaint(message: str, severity: str = "error", **more: Any) -> dict[str, Any]:
    return {"diagnosticEvent": {"urn": "urn::a", "severity": severity, "message": message, **more}}


def log(tmp_path: Path, *found: dict[str, Any], tail: str = "") -> events.Outcome:
    path = tmp_path / "events.jsonl"
    path.write_text("".join(f"{json.dumps(event)}\n" for event in found) + tail)
    return events.read(path)


SUMMARY = {"summaryEvent": {"result": "succeeded", "durationSeconds": 3, "maybeCorrupt": False}}


def test_steps_are_counted_by_operation_and_components_apart(tmp_path: Path) -> None:
    outcome = log(tmp_path, step("a", "create"), step("b", "same"), step("c", "create", custom=False), SUMMARY)
    assert outcome.count() == {"create": 1, "same": 1}
    assert outcome.count(custom_only=False) == {"create": 2, "same": 1}


def test_a_replacement_is_one_step_and_not_three(tmp_path: Path) -> None:
    parts = [step("a", name) for name in ("create-replacement", "replace", "delete-replaced")]
    assert log(tmp_path, *parts).count() == {"replace": 1}


def test_the_stack_and_its_providers_are_not_resources(tmp_path: Path) -> None:
    outcome = log(
        tmp_path, step("s", "create", kind=events.STACK), step("p", "create", kind="pulumi:providers:azure-native")
    )
    assert outcome.steps == []


def test_the_unchanged_and_the_read_changed_nothing(tmp_path: Path) -> None:
    outcome = log(tmp_path, step("a", "same"), step("b", "read"), step("c", "update"))
    assert [changed.urn for changed in outcome.changed] == ["c"]


def test_a_complaint_is_kept_once_without_colours(tmp_path: Path) -> None:
    outcome = log(tmp_path, complaint("<{%fg 1%}>bad<{%reset%}>\n"), complaint("bad"), complaint("quiet", "info"))
    assert [found.message for found in outcome.complaints] == ["bad"]


def test_what_the_engine_takes_back_is_no_complaint(tmp_path: Path) -> None:
    assert log(tmp_path, complaint("creating…", "warning", ephemeral=True)).complaints == []


def test_a_log_that_is_cut_short_is_incomplete_and_keeps_what_came_before(tmp_path: Path) -> None:
    outcome = log(tmp_path, step("a", "create"), tail='{"resOutputsEvent": {"meta')
    assert (len(outcome.steps), outcome.complete) == (1, False)


def test_a_whole_log_is_complete(tmp_path: Path) -> None:
    outcome = log(tmp_path, SUMMARY)
    assert (outcome.complete, outcome.seconds) == (True, 3.0)


def test_a_failed_update_is_not_complete(tmp_path: Path) -> None:
    assert not log(tmp_path, {"summaryEvent": {"result": "failed"}}).complete


def test_a_missing_log_is_an_empty_outcome(tmp_path: Path) -> None:
    assert events.read(tmp_path / "none.jsonl").steps == []
