"""Reading what runs on GitHub, and the rules over the project's own files, which pass; every fault in them is found."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from policies.catalogue import rules
from policies.judge import judge
from policies.mutation import outcomes
from policies.profile import Level, environments, profile
from policies.resource import WORKFLOW, Stack
from policies.rule import Rule, Verdict
from policies.rules.workflow.code_owners import _matches
from policies.types import ACTION, CODE_OWNERS
from review.policy import PolicyError, Subject, report_of, run
from review.reading import ReadError
from review.workflow_reader import read_workflows
from tests.policies.planned import profile_of

ROOT = Path(__file__).resolve().parents[2]
ANY_DAY = date(2026, 11, 25)
ABOUT_WORKFLOWS = [rule for rule in rules() if rule.id.startswith("CI-")]


def project(folder: Path, text: str, **others: str) -> Path:
    for name, content in {".github/workflows/one.yml": text, **others}.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return folder


def workflow(folder: Path, text: str) -> dict[str, Any]:
    (found,) = read_workflows(project(folder, text)).of(WORKFLOW)
    return dict(found.properties)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on: push", {"push": {}}),
        ("on: [push, pull_request]", {"push": {}, "pull_request": {}}),
        ("on:\n  pull_request:\n  push: {branches: [main]}", {"pull_request": {}, "push": {"branches": ["main"]}}),
        ("'on': push", {"push": {}}),
    ],
)
def test_the_key_on_is_a_text_and_its_short_forms_are_written_out(tmp_path: Path, text: str, expected: Any) -> None:
    assert workflow(tmp_path, text)["on"] == expected


def test_short_forms_of_a_job_are_written_out(tmp_path: Path) -> None:
    found = workflow(
        tmp_path, "on: push\njobs: {a: {container: alpine, environment: prod}, b: {environment: {name: x}}}"
    )
    assert found["jobs"]["a"] == {"container": {"image": "alpine"}, "environment": {"name": "prod"}}
    assert found["jobs"]["b"] == {"environment": {"name": "x"}}


def test_only_true_and_false_are_booleans(tmp_path: Path) -> None:
    text = "on: push\nenv: {a: yes, b: off, c: true, d: False, e: 2026-11-25, f: null, g: }"
    expected = {"a": "yes", "b": "off", "c": True, "d": False, "e": "2026-11-25", "f": None, "g": None}
    assert workflow(tmp_path, text)["env"] == expected


def test_actions_and_owners_belong_to_it(tmp_path: Path) -> None:
    owners = "# comment\n*  @a/b @c # why\n\n/docs/\n"
    action = "runs: {using: composite, steps: []}"
    folder = project(
        tmp_path, "on: push", **{".github/actions/x/action.yml": action, "action.yaml": action, "CODEOWNERS": owners}
    )
    read = read_workflows(folder)
    assert [one.name for one in read.of(ACTION)] == [".github/actions/x/action.yml", "action.yaml"]
    (found,) = read.of(CODE_OWNERS)
    assert found.name == "CODEOWNERS"
    assert found.properties["rules"] == [
        {"pattern": "*", "owners": ["@a/b", "@c"]},
        {"pattern": "/docs/", "owners": []},
    ]


def test_the_owners_that_github_takes_first_count(tmp_path: Path) -> None:
    folder = project(tmp_path, "on: push", **{"CODEOWNERS": "* @b", ".github/CODEOWNERS": "* @a"})
    (found,) = read_workflows(folder).of(CODE_OWNERS)
    assert found.properties["rules"] == [{"pattern": "*", "owners": ["@a"]}]


def test_without_owners_a_project_is_judged_as_having_none(tmp_path: Path) -> None:
    (found,) = read_workflows(project(tmp_path, "on: push")).of(CODE_OWNERS)
    assert found.properties == {"rules": []}


@pytest.mark.parametrize(
    ("text", "what"), [("jobs: [", "is no YAML, line"), ("- a", "is no object"), ("", "is no object")]
)
def test_a_file_that_is_no_workflow_is_an_error_that_names_it(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(ReadError, match=what) as stopped:
        read_workflows(project(tmp_path, text))
    assert "one.yml" in str(stopped.value)


def test_a_folder_without_workflows_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="has no workflow files"):
        read_workflows(tmp_path)


def test_jobs_of_any_shape_are_read_and_judged_without_a_word_of_python(tmp_path: Path) -> None:
    for text in (
        "jobs: 1",
        "jobs: [1]",
        "jobs: {a: 1}",
        "jobs: {a: {steps: {b: 1}}}",
        "on: 1\njobs: {a: {steps: [1]}}",
    ):
        judgement = judge(read_workflows(project(tmp_path, text)), profile_of("prod"), ABOUT_WORKFLOWS)
        assert {finding.verdict for finding in judgement.findings} <= set(Verdict)


def own() -> Stack:
    return read_workflows(ROOT)


def test_the_projects_own_files_pass() -> None:
    judgement = judge(own(), profile_of("prod"), rules())
    found = [(f.rule.id, f.resource.name, *f.faults, *f.doubts) for f in judgement.findings]
    assert len(found) >= 15
    assert [one for one in found if len(one) > 2] == []
    assert judgement.unread == {}


@pytest.mark.parametrize("rule", ABOUT_WORKFLOWS, ids=lambda rule: rule.id)
def test_every_fault_in_the_projects_own_files_is_found_by_its_rule_and_by_no_other(rule: Rule) -> None:
    names = {resource.key for resource in own().resources}
    found = [one for one in outcomes(rule, own(), profile_of("prod"), rules()) if one.subject in names]
    assert len(found) >= 3
    assert [(one.subject, one.title) for one in found if not one.killed] == []
    assert {(one.title, one.others) for one in found if one.others} == set()


@pytest.mark.parametrize("rule", ABOUT_WORKFLOWS, ids=lambda rule: rule.id)
def test_a_workflow_is_judged_alike_in_every_environment(rule: Rule) -> None:
    # A run belongs to no environment before its jobs name one.
    assert {profile(one, "Protected B").level(rule.id, rule.severity) for one in environments()} == {Level.MANDATORY}


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        ("/*", "tasks.py", "a/b.py"),
        ("/policies/", "policies/rules/x.py", "docs/policies/x.py"),
        ("policies/", "docs/policies/x.py", "policies"),
        ("/policies/*", "policies/judge.py", "policies/rules/x.py"),
        ("/policies/**", "policies/rules/x.py", "policies2/x"),
        ("*.yaml", "policies/waivers.yaml", "policies/waivers.yml"),
        ("/tasks.py", "tasks.py", "x/tasks.py"),
        ("tasks.py", "x/tasks.py", "tasks.pyc"),
        ("**/judge.py", "policies/judge.py", "policies/xjudge.py"),
        ("policies/**/x.py", "policies/a/b/x.py", "a/policies/x.py"),
        ("policies/?udge.py", "policies/judge.py", "policies/fudges.py"),
        ("a.b", "a.b", "aXb"),
    ],
)
def test_owners_patterns_match_as_githubs_do(pattern: str, yes: str, no: str) -> None:
    assert _matches(pattern, yes)
    assert not _matches(pattern, no)


BAD = "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps: [{uses: actions/checkout@v4}]\n"


def test_the_command_judges_a_folder(tmp_path: Path) -> None:
    report = report_of(Subject(workflows=project(tmp_path, BAD)), Console(quiet=True), ANY_DAY)
    assert {finding.rule.id for finding in report.settled.blocking} == {"CI-001", "CI-003", "CI-004"}
    assert run(Subject(workflows=tmp_path), "json", tmp_path / "report.json") is False
    assert run(Subject(workflows=ROOT), "json", tmp_path / "report.json") is True


def test_a_folder_and_a_stack_are_not_judged_at_once() -> None:
    with pytest.raises(PolicyError, match="one thing at a time"):
        report_of(Subject(stack="dev", workflows=ROOT), Console(quiet=True), ANY_DAY)
