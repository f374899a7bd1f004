"""zizmor, actionlint and checkov: each bites on a fault of its own, and all are silent over the project's files."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from engine import cache
from engine.source import BuildError
from review.workflows import WorkflowsError, actionlint, check, check_workflows

ROOT = Path(__file__).resolve().parents[2]
GOOD = """\
name: good
on:
  pull_request:
permissions:
  contents: read
concurrency:
  group: good-${{ github.ref }}
  cancel-in-progress: true
jobs:
  only:
    name: only
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      - run: echo "$TITLE"
        env:
          TITLE: ${{ github.event.pull_request.title }}
"""
PINNED = "@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1"
FAULTS = [
    ("zizmor", PINNED, "@v7", "unpinned-uses"),
    ("zizmor", "persist-credentials: false", "fetch-depth: 1", "artipacked"),
    ("zizmor", "  pull_request:", "  pull_request_target:", "dangerous-triggers"),
    ("zizmor", "permissions:\n  contents: read", "permissions: write-all", "excessive-permissions"),
    ("actionlint", '"$TITLE"', '"${{ github.event.pull_request.title }}"', "potentially untrusted"),
    ("actionlint", "runs-on: ubuntu-24.04", "runs-on: ubuntu-1.0", "is unknown"),
    ("actionlint", '"$TITLE"', "$TITLE", "SC2086"),
    ("actionlint", "    steps:", "    needs: nobody\n    steps:", "does not exist"),
    ("checkov", "permissions:\n  contents: read", "permissions: write-all", "CKV2_GHA_1"),
]


def project(folder: Path, text: str) -> Path:
    file = folder / ".github" / "workflows" / "one.yml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return folder


def said(folder: Path, tool: str) -> str:
    return next(one.said for one in check_workflows(folder) if one.tool == tool)


@pytest.mark.parametrize(("tool", "right", "wrong", "expected"), FAULTS)
def test_a_checker_finds_its_fault(tmp_path: Path, tool: str, right: str, wrong: str, expected: str) -> None:
    assert right in GOOD
    assert expected in said(project(tmp_path, GOOD.replace(right, wrong)), tool)


def test_all_are_silent_over_a_good_file_and_over_the_projects_own(tmp_path: Path) -> None:
    for folder in (project(tmp_path, GOOD), ROOT):
        found = list(check_workflows(folder))
        assert [(one.tool, one.said, one.succeeded) for one in found] == [
            (tool, "", True) for tool in ("zizmor", "actionlint", "checkov")
        ]


def test_a_file_that_is_no_workflow_is_a_finding(tmp_path: Path) -> None:
    assert said(project(tmp_path, "jobs: [\n"), "zizmor")


def test_a_project_without_workflows_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(WorkflowsError, match="nothing was checked"):
        next(check_workflows(tmp_path))


def test_a_checker_that_is_not_there_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "_PROGRAMS", tmp_path)
    with pytest.raises(WorkflowsError, match="zizmor can't check the workflows"):
        next(check_workflows(project(tmp_path, GOOD)))


def test_a_checker_that_fails_without_a_word_is_no_success(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "zizmor"
    program.write_text("#!/bin/sh\nexit 3\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(check, "_PROGRAMS", tmp_path)
    assert said(project(tmp_path, GOOD), "zizmor") == "it ended with 3 and said nothing"


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """An empty cache, and a `go` that writes a program and counts its runs."""
    go = tmp_path / "bin" / "go"
    go.parent.mkdir()
    lines = (
        "#!/bin/sh",
        f'echo "$*" >> "{tmp_path}/calls"',
        'while [ $# -gt 0 ]; do [ "$1" = -o ] && target=$2; shift; done',
        'echo "#!/bin/sh" > "$target"; chmod +x "$target"',
    )
    go.write_text("\n".join(lines) + "\n", encoding="utf-8")
    go.chmod(0o755)
    return {"PATH": f"{go.parent}:/usr/bin:/bin", cache.FOLDER_VARIABLE: str(tmp_path / "cache")}


def test_actionlint_is_built_once_at_its_locked_version(environ: dict[str, str], tmp_path: Path) -> None:
    first = actionlint.ensure(environ=environ)
    assert os.access(first, os.X_OK)
    assert actionlint.ensure(environ=environ) == first
    (call,) = (tmp_path / "calls").read_text(encoding="utf-8").splitlines()
    assert f"actionlint.version={actionlint.version()}" in call
    assert "-mod=readonly" in call


def test_without_go_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing: Callable[[object], None] = lambda _: None  # noqa: E731
    monkeypatch.setattr("engine.source.find_go", missing)
    with pytest.raises(BuildError, match="no `go` command"):
        actionlint.ensure(environ={cache.FOLDER_VARIABLE: str(tmp_path)})


def test_the_program_that_runs_is_the_locked_one() -> None:
    asked = subprocess.run([str(actionlint.ensure()), "-version"], check=True, capture_output=True, text=True)
    assert asked.stdout.splitlines()[0] == actionlint.version()


def test_a_project_is_found_from_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project(tmp_path / "other", GOOD)
    monkeypatch.chdir(tmp_path)
    assert [one.said for one in check_workflows(Path("other"))] == ["", "", ""]
