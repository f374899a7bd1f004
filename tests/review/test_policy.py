"""`invoke policy`: what it reads, what it says, and how it ends."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from engine import EngineMissingError
from rehearsal import RehearsalError
from review.forms import FORMS
from review.policy import PolicyError, Subject, report_of, run
from review.writing import WriteError

TODAY = date(2026, 11, 25)
CLUSTER = {
    "type": "Microsoft.ContainerService/managedClusters",
    "apiVersion": "2025-05-01",
    "name": "aks",
    "location": "canadacentral",
    "properties": {"disableLocalAccounts": False},
}


def template(folder: Path, *resources: dict[str, Any]) -> Path:
    file = folder / "main.json"
    schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
    file.write_text(json.dumps({"$schema": schema, "contentVersion": "1.0.0.0", "resources": list(resources)}))
    return file


def test_a_file_that_nobody_of_the_platform_made_is_judged_by_the_strictest_profile(tmp_path: Path) -> None:
    report = report_of(Subject(arm=template(tmp_path, CLUSTER)), Console(quiet=True), TODAY)
    judged = report.settled.judgement
    assert (judged.profile.environment, judged.profile.classification) == ("prod", "Protected C")
    assert not report.succeeded
    failing = {finding.rule.id for finding in report.settled.blocking}
    assert "AKS-004" in failing


def test_the_asked_profile_is_taken(tmp_path: Path) -> None:
    subject = Subject(arm=template(tmp_path, CLUSTER), environment="dev", classification="Public")
    judged = report_of(subject, Console(quiet=True), TODAY).settled.judgement
    assert (judged.profile.environment, judged.profile.classification) == ("dev", "Public")


def test_json_names_rule_equivalents_resource_verdict_and_path(tmp_path: Path) -> None:
    report = report_of(Subject(arm=template(tmp_path, CLUSTER)), Console(quiet=True), TODAY)
    (found,) = [each for each in json.loads(FORMS["json"](report).text)["findings"] if each["rule"] == "AKS-004"]
    assert found["verdict"] == "fail"
    assert found["equivalents"]["checkov"] == ["CKV_AZURE_141"]
    assert found["resource"]["type"] == "azure-native:containerservice:ManagedCluster"
    assert found["faults"] == [{"path": "disableLocalAccounts", "message": "is false; it must be true"}]


def test_the_table_says_what_and_where_and_counts(tmp_path: Path) -> None:
    text = FORMS["table"](report_of(Subject(arm=template(tmp_path, CLUSTER)), Console(quiet=True), TODAY)).text
    assert "AKS-004" in text
    assert "rules over 1 resources of main" in text


def test_a_type_without_rules_is_counted_and_not_ignored(tmp_path: Path) -> None:
    search = {"type": "Microsoft.Maps/accounts", "apiVersion": "2023-06-01", "name": "m", "location": "canadacentral"}
    report = report_of(Subject(arm=template(tmp_path, search)), Console(quiet=True), TODAY)
    assert list(report.settled.judgement.unread.values()) == [1]


def test_types_without_rules_are_told_apart_from_those_left_out_on_purpose(tmp_path: Path) -> None:
    kinds = {
        "Microsoft.Maps/accounts": "2023-06-01",
        "Microsoft.EventHub/namespaces/eventhubs/consumergroups": "2024-01-01",
    }
    things = [{"type": type_, "apiVersion": version, "name": "x/y/z"} for type_, version in kinds.items()]
    report = report_of(Subject(arm=template(tmp_path, *things)), Console(quiet=True), TODAY)
    text = " ".join(FORMS["table"](report).text.split())
    assert "1 resources of 1 types have no rule of their own on purpose" in text
    assert "1 resources of 1 types are read by no rule: azure-native:maps:accounts" in text
    on_purpose = json.loads(FORMS["json"](report).text)["unread_on_purpose"]
    assert [*on_purpose] == ["azure-native:eventhub:ConsumerGroup"]


def test_the_report_goes_to_a_file(tmp_path: Path) -> None:
    out = tmp_path / "report.json"
    assert run(Subject(arm=template(tmp_path, CLUSTER)), "json", out) is False
    assert json.loads(out.read_text())["counts"]["blocking"] > 0


@pytest.mark.parametrize(
    ("subject", "says"),
    [
        (Subject(stack="dev", arm=Path("x")), "one thing at a time"),
        (Subject(arm=Path("/no/such/file")), "there is no /no/such/file"),
        (Subject(stack="nope"), "nope"),
        (Subject(stack="dev", parameters=Path("x")), "give --arm as well"),
    ],
)
def test_what_can_not_be_judged_says_why(subject: Subject, says: str) -> None:
    with pytest.raises(PolicyError, match=says):
        report_of(subject, Console(quiet=True), TODAY)


def test_a_file_out_of_form_or_a_wrong_profile_says_so(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    with pytest.raises(PolicyError, match="is not JSON"):
        report_of(Subject(arm=broken), Console(quiet=True), TODAY)
    with pytest.raises(PolicyError, match="dev, test, prod, dr"):
        report_of(Subject(arm=template(tmp_path), environment="staging"), Console(quiet=True), TODAY)
    with pytest.raises(PolicyError, match="json"):
        run(Subject(arm=template(tmp_path)), "xml", None)


def test_names_of_strangers_neither_colour_a_terminal_nor_end_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = {**CLUSTER, "name": "a\x1b[31m\ud800[red]b"}
    report = report_of(Subject(arm=template(tmp_path, hostile)), Console(quiet=True), TODAY)
    monkeypatch.setenv("COLUMNS", "300")
    table = FORMS["table"](report).text
    assert "\x1b" not in table
    assert "a[U+001B][31m[U+D800][red]b" in table
    for name, form in FORMS.items():
        form(report).save(tmp_path / name)  # every form can be written


@pytest.mark.parametrize("error", [RehearsalError("another one runs"), EngineMissingError({})])
def test_what_keeps_a_preview_from_running_is_said(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr("review.policy.plan_of", refuse)
    with pytest.raises(PolicyError, match=re.escape(str(error))):
        report_of(Subject("dev"), Console(quiet=True), TODAY)


def test_a_file_that_could_not_be_written_is_refused_before_anything_is_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("review.policy.report_of", lambda *_, **__: pytest.fail("it was judged"))
    for out, summary in ((tmp_path, None), (None, tmp_path / "missing" / "summary.md")):
        with pytest.raises(WriteError):
            run(Subject(arm=template(tmp_path, CLUSTER)), "json", out, summary)
