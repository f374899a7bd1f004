"""Checkov's findings on an export: which checks run, whose each finding is, and where it and our rules differ."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import yaml

from policies.catalogue import rules
from policies.judge import judge
from policies.resource import Resource, Stack
from policies.rule import Verdict
from policies.values import UNKNOWN
from review.arm_template import arm_template
from review.checkov import run
from review.checkov.run import CheckovError, CheckovFinding, CheckovResult, run_checkov
from tests.policies.planned import planned, profile_of


def test_no_check_is_both_run_and_excluded() -> None:
    assert set(run.allowed()) & set(run.excluded()) == set()
    assert len(run.allowed()) == len(set(run.allowed()))
    assert all(len(why) > 10 for why in run.excluded().values())


def test_every_package_is_pinned_and_hashed() -> None:
    lines = run.REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    packages = [line for line in lines if line and not line.startswith((" ", "#", "--hash"))]
    assert "checkov==3.3.30 \\" in packages
    assert all("==" in line and line.endswith("\\") for line in packages)


def test_every_explained_disagreement_is_of_a_check_that_is_run_and_dated() -> None:
    document = yaml.safe_load((run.FOLDER / "disagreements.yaml").read_text(encoding="utf-8"))
    assert isinstance(document["as_of"], date)
    assert set(run.explanations()) <= set(run.allowed())


@pytest.fixture
def checkov_that_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in checkov's place, which prints what lies in a file."""
    program, answer = tmp_path / "checkov", tmp_path / "answer.json"
    program.write_text(f'#!/bin/sh\ncat "{answer}"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(run, "environment", lambda: program)
    return answer


def test_a_finding_leads_to_the_resource_by_name_or_by_line(checkov_that_prints: Path, tmp_path: Path) -> None:
    stack = planned("dev")
    origin = next(one for one in arm_template(stack).origins if one.type == "Microsoft.KeyVault/vaults")
    found = {"check_id": "CKV_AZURE_42", "check_name": "n", "file_path": "/arm.json", "file_line_range": [1, 2]}
    named = {**found, "resource": f"{origin.type}.{origin.name}"}
    secret = {**found, "check_id": "CKV_SECRET_6", "resource": "0a1b", "file_line_range": [origin.first + 2, 0]}
    report = {"results": {"passed_checks": [named], "failed_checks": [secret]}}
    checkov_that_prints.write_text(json.dumps(report), encoding="utf-8")
    first, second = run_checkov(stack, tmp_path / "out").findings
    assert first.resource is second.resource is origin.resource
    assert (first.verdict, second.verdict) == (Verdict.PASS, Verdict.FAIL)


def test_a_failure_of_what_was_not_seen_whole_is_unknown(checkov_that_prints: Path, tmp_path: Path) -> None:
    properties = {"vaultName": "kv", "resourceGroupName": "rg", "location": UNKNOWN}
    vault = Resource(type="azure-native:keyvault:Vault", name="v", properties=properties)
    found = {"check_id": "CKV_AZURE_42", "check_name": "n", "file_path": "/arm.json", "file_line_range": [1, 2]}
    report = {"results": {"failed_checks": [{**found, "resource": "Microsoft.KeyVault/vaults.kv"}]}}
    checkov_that_prints.write_text(json.dumps(report), encoding="utf-8")
    result = run_checkov(Stack("s", (vault,)), tmp_path / "out")
    assert [one.verdict for one in result.findings] == [Verdict.UNKNOWN]
    assert [one.path for one in result.left_out] == ["location"]


def test_a_program_that_answers_nothing_is_an_error(checkov_that_prints: Path, tmp_path: Path) -> None:
    checkov_that_prints.write_text("", encoding="utf-8")
    with pytest.raises(CheckovError, match="gave no result"):
        run_checkov(Stack("s", ()), tmp_path / "out")


def test_a_disagreement_is_found_and_one_that_nobody_has_explained_is_bare() -> None:
    stack = planned("prod")
    judgement = judge(stack, profile_of("prod"), rules())
    ours = next(one for one in judgement.findings if "CKV_AZURE_141" in run.equivalents(one.rule))
    said = [
        CheckovFinding("CKV_AZURE_141", "n", verdict, ours.resource, "arm.json", 1)
        for verdict in (Verdict.PASS, Verdict.FAIL)
    ]
    [found] = CheckovResult(tuple(said), 0.0).disagreements(judgement)
    assert (found.check, found.theirs, found.explained) == ("CKV_AZURE_141", Verdict.FAIL, "")
    assert found.ours[ours.rule.id] is Verdict.PASS


@pytest.mark.engine
def test_checkov_and_our_rules_agree_on_prod_or_it_is_explained(tmp_path: Path) -> None:
    stack = planned("prod")
    result = run_checkov(stack, tmp_path, Path(__file__).resolve().parents[2])
    assert len(result.findings) > 100
    assert {one.check.split("_")[1] for one in result.findings} >= {"AZURE", "GHA"}
    assert {one.check.split("_")[1] for one in result.findings if one.resource is None} == {"GHA"}
    disagreements = list(result.disagreements(judge(stack, profile_of("prod"), rules())))
    assert [(one.check, one.resource.name) for one in disagreements if not one.explained] == []
    assert {one.check for one in disagreements} == set(run.explanations()), "an explanation that is no longer needed"
