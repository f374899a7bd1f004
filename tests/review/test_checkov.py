"""Checkov's findings on an export: which checks run, whose each finding is, and where it and our rules differ."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

import pytest

from policies.catalogue import rules
from policies.judge import Finding, Judgement, judge
from policies.resource import Resource, Stack
from policies.rule import Verdict
from policies.values import UNKNOWN
from review.arm_template import arm_template
from review.checkov import run
from review.checkov.comparison import Standing, compare, equivalents
from review.checkov.explanation import Explanation, explanations
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
    explained = explanations()
    assert all(one.date <= datetime.now(UTC).date() for one in explained)
    patterns = [each for each in run.allowed() if each.endswith("*")]
    checks = {one.check for one in explained if not any(fnmatchcase(one.check, each) for each in patterns)}
    assert checks <= set(run.allowed())
    assert len({(one.check, one.of) for one in explained}) == len(explained)


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


@pytest.fixture
def judged() -> Judgement:
    return judge(planned("prod"), profile_of("prod"), rules())


@pytest.fixture
def ours(judged: Judgement) -> Finding:
    """What a rule of ours says of a cluster, which passes."""
    return next(one for one in judged.findings if "CKV_AZURE_141" in equivalents(one.rule))


def said(check: str, verdict: Verdict, resource: Resource | None) -> CheckovFinding:
    return CheckovFinding(check, "title", verdict, resource, "arm.json", 1)


def explanation(check: str, of: str = "*", stack: Literal["dev", "prod"] = "prod") -> Explanation:
    return Explanation(check=check, of=of, stacks=(stack,), date=date(2026, 11, 25), why="a reason that says enough")


@pytest.mark.parametrize(
    ("check", "verdict", "is_explained", "standing"),
    [
        ("CKV_AZURE_141", Verdict.PASS, False, Standing.AGREED),
        ("CKV_AZURE_141", Verdict.FAIL, False, Standing.UNEXPLAINED),
        ("CKV_AZURE_141", Verdict.FAIL, True, Standing.DISAGREEMENT_EXPLAINED),
        ("CKV_AZURE_141", Verdict.UNKNOWN, False, Standing.UNKNOWN),
        ("CKV_AZURE_1", Verdict.PASS, False, Standing.ALONE),
        ("CKV_AZURE_1", Verdict.FAIL, False, Standing.UNEXPLAINED),
        ("CKV_AZURE_1", Verdict.FAIL, True, Standing.FAILURE_EXPLAINED),
    ],
)
def test_a_finding_has_one_standing_beside_ours(
    judged: Judgement, ours: Finding, check: str, verdict: Verdict, is_explained: bool, standing: Standing
) -> None:
    explained = [explanation(check)] if is_explained else []
    comparison = compare(CheckovResult((said(check, verdict, ours.resource),), 0.0), judged, explained)
    [found] = comparison.compared
    assert found.standing is standing
    assert bool(found.why) is is_explained
    assert found.ours == ({ours.rule.id: Verdict.PASS} if check == "CKV_AZURE_141" else {})
    assert comparison.counts[str(standing)] == 1
    assert comparison.succeeded is (standing is not Standing.UNEXPLAINED)
    assert found.as_json()["standing"] == str(standing)


def test_a_failure_of_a_file_is_explained_by_the_files_name(judged: Judgement) -> None:
    result = CheckovResult((said("CKV_GHA_3", Verdict.FAIL, None),), 0.0)
    assert not compare(result, judged, [explanation("CKV_GHA_3", "test.yml")]).succeeded
    assert compare(result, judged, [explanation("CKV_GHA_3", "arm.json")]).succeeded


def test_an_explanation_that_nothing_needs_is_stale_in_the_stacks_that_it_names(
    judged: Judgement, ours: Finding
) -> None:
    agreed = CheckovResult((said("CKV_AZURE_141", Verdict.PASS, ours.resource),), 0.0)
    of_others = explanation("CKV_AZURE_141", "azure-native:web:WebApp::*")
    elsewhere = explanation("CKV_AZURE_1", stack="dev")
    comparison = compare(agreed, judged, [explanation("CKV_AZURE_141"), of_others, elsewhere])
    assert comparison.stale == (explanation("CKV_AZURE_141"), of_others)
    assert not comparison.succeeded


def test_a_file_that_checkov_cannot_read_is_an_error(checkov_that_prints: Path, tmp_path: Path) -> None:
    checkov_that_prints.write_text(json.dumps({"results": {"parsing_errors": ["/arm.json"]}}), encoding="utf-8")
    with pytest.raises(CheckovError, match=r"can't read /arm\.json"):
        run_checkov(Stack("s", ()), tmp_path / "out")


@pytest.mark.engine
@pytest.mark.parametrize("stack", ["dev", "test", "prod", "dr"])
def test_checkov_and_our_rules_agree_or_it_is_explained(stack: str, tmp_path: Path) -> None:
    result = run_checkov(planned(stack), tmp_path, Path(__file__).resolve().parents[2])
    assert len(result.findings) > 30
    assert {one.check.split("_")[1] for one in result.findings} >= {"AZURE", "GHA"}
    assert {one.check.split("_")[1] for one in result.findings if one.resource is None} == {"GHA"}
    comparison = compare(result, judge(planned(stack), profile_of(stack), rules()), explanations())
    unexplained = [one.finding for one in comparison.compared if one.standing is Standing.UNEXPLAINED]
    assert [(one.check, one.resource.name if one.resource else one.file) for one in unexplained] == []
    assert comparison.stale == ()


@pytest.mark.parametrize("text", ["", "[", "explanations: 5", "explanations: [{}]"])
def test_explanations_out_of_form_are_said(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "disagreements.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr("review.checkov.explanation.FILE", tmp_path / "disagreements.yaml")
    with pytest.raises(CheckovError, match=r"disagreements\.yaml can't be used; mend it"):
        explanations.__wrapped__()
