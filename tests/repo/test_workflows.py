"""What runs on GitHub: steps that run here too, with the least rights, from pinned actions, and no secret."""

from __future__ import annotations

import inspect
import json
import re
import shlex
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from invoke.collection import Collection
from invoke.context import Context

import tasks
from policies.profile import environments
from review.policy import FORMS

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".github"
WORKFLOWS = sorted((FOLDER / "workflows").glob("*.y*ml"))
ACTIONS = sorted((FOLDER / "actions").glob("*/action.y*ml"))
COMMANDS = Collection.from_module(tasks)
FILES = pytest.mark.parametrize("file", [*WORKFLOWS, *ACTIONS], ids=lambda file: file.relative_to(FOLDER).as_posix())
# It runs nothing of the project: it makes one check of the results of the others.
NO_TASK = {("pull-request.yml", "passed", "exit 1")}
UPLOAD = "github/codeql-action/upload-sarif"


def read(file: Path) -> dict[str, Any]:
    document = yaml.safe_load(file.read_text(encoding="utf-8"))
    # YAML 1.1 takes the key `on` for a boolean.
    return {"on" if key is True else key: value for key, value in document.items()}


def jobs(file: Path) -> dict[str, dict[str, Any]]:
    document = read(file)
    return document["jobs"] if "jobs" in document else {"": document["runs"]}


def steps(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((name, step) for name, job in jobs(file).items() for step in job.get("steps", []))


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield str(key)
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, str):
        yield value


def test_there_is_a_workflow_for_pull_requests_one_for_main_and_the_one_that_both_call() -> None:
    assert [file.name for file in WORKFLOWS] == ["main.yml", "pull-request.yml", "review.yml"]
    assert set(read(FOLDER / "workflows" / "pull-request.yml")["on"]) == {"pull_request", "merge_group"}
    assert read(FOLDER / "workflows" / "main.yml")["on"] == {"push": {"branches": ["main"]}}
    assert set(read(FOLDER / "workflows" / "review.yml")["on"]) == {"workflow_call"}


@FILES
def test_every_command_is_a_task_that_runs_locally_with_options_that_it_has(file: Path) -> None:
    for job, step in steps(file):
        if "run" not in step or (file.name, job, step["run"]) in NO_TASK:
            continue
        words = shlex.split(step["run"])
        assert words[:3] == ["uv", "run", "invoke"], step["run"]
        # Not `get_arguments`, which takes the help texts out of a task.
        flags = set(inspect.signature(COMMANDS[words[3]].body).parameters)
        options = {word.removeprefix("--").replace("-", "_") for word in words[4:] if word.startswith("-")}
        assert options <= flags, step["run"]
        assert [form for option, form in pairwise(words) if option == "--format" and form not in FORMS] == []


def test_what_a_pull_request_reviews_is_handed_to_the_next_job(tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.write_text("before=1\n", encoding="utf-8")
    tasks.changed_stacks.body(Context(), out=str(output))
    before, handed = output.read_text(encoding="utf-8").splitlines()
    assert before == "before=1"
    assert json.loads(handed.removeprefix("stacks=")) == list(environments())


def test_every_exception_is_still_there() -> None:
    found = {(file.name, job, step["run"]) for file in WORKFLOWS for job, step in steps(file) if "run" in step}
    assert found >= NO_TASK


@FILES
def test_commands_hold_no_expression(file: Path) -> None:
    assert [step["run"] for _, step in steps(file) if "${{" in step.get("run", "")] == []


@FILES
def test_every_action_is_pinned_by_its_whole_sha_and_says_its_version(file: Path) -> None:
    used = re.findall(r"uses: (.*)", file.read_text(encoding="utf-8"))
    assert used
    pinned = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    for one in used:
        if one.startswith("./"):
            target = ROOT / one
            assert target.is_file() or (target / "action.yml").is_file(), one
        else:
            assert pinned.fullmatch(one), one


def test_an_action_has_one_version_everywhere() -> None:
    used = [name for file in [*WORKFLOWS, *ACTIONS] for name in re.findall(r"uses: (\w\S+@\w+)", file.read_text())]
    pins = {("/".join(name.partition("@")[0].split("/")[:2]), name.partition("@")[2]) for name in used}
    assert len({action for action, _ in pins}) == len(pins)


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_a_workflow_reads_only_and_a_job_may_write_findings_only_to_upload_them(file: Path) -> None:
    document = read(file)
    assert document["permissions"] == {"contents": "read"}
    for name, job in document["jobs"].items():
        granted = job.get("permissions", {})
        writes = {scope for scope, level in granted.items() if level == "write"}
        uploads = any(step.get("uses", "").startswith(UPLOAD) for step in job.get("steps", []))
        assert writes == ({"security-events"} if uploads else set()), name
        if uploads:
            assert [step for step in job["steps"] if "run" in step or step["uses"].startswith("./")] == []


def test_a_fork_uploads_nothing_and_what_it_skips_is_in_the_artifact() -> None:
    document = read(FOLDER / "workflows" / "pull-request.yml")
    assert (
        "github.event.pull_request.head.repo.full_name == github.repository" in document["jobs"]["code-scanning"]["if"]
    )
    (kept,) = (step for _, step in steps(FOLDER / "workflows" / "review.yml") if "upload-artifact@" in str(step))
    assert kept["if"] == "${{ !cancelled() }}"
    names = {Path(line).name for line in kept["with"]["path"].split()}
    assert names >= {"policy.sarif", "policy.waived.sarif"}


@FILES
def test_no_secret_is_used(file: Path) -> None:
    text = " ".join(strings(read(file)))
    assert not re.search(r"\bsecrets\b|id-token|pull_request_target|workflow_run", text)
    assert "inherit" not in text


@FILES
def test_every_checkout_leaves_no_token_behind(file: Path) -> None:
    found = [step for _, step in steps(file) if step.get("uses", "").startswith("actions/checkout@")]
    assert [step for step in found if step.get("with", {}).get("persist-credentials") is not False] == []


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_every_job_ends_and_every_shell_stops_at_the_first_error(file: Path) -> None:
    document = read(file)
    assert document["defaults"] == {"run": {"shell": "bash"}}
    assert document["env"] == {"UV_LOCKED": "1"}
    for name, job in document["jobs"].items():
        assert ("uses" in job) or 1 <= job["timeout-minutes"] <= 60, name


def test_a_newer_push_ends_the_run_of_the_older_one_but_main_runs_for_every_commit() -> None:
    pull_request = read(FOLDER / "workflows" / "pull-request.yml")["concurrency"]
    assert pull_request["cancel-in-progress"] is True
    assert "github.event.pull_request.number" in pull_request["group"]
    main = read(FOLDER / "workflows" / "main.yml")["concurrency"]
    assert main == {"group": "main-${{ github.sha }}", "cancel-in-progress": False}


def test_only_main_writes_caches() -> None:
    writers = [
        (file.name, step["with"]["save-caches"])
        for file in WORKFLOWS
        for _, step in steps(file)
        if "save-caches" in step.get("with", {})
    ]
    assert writers == [("main.yml", "true")]
    (action,) = ACTIONS
    assert read(action)["inputs"]["save-caches"]["default"] == "false"
    conditions = {step["uses"].partition("@")[0]: step.get("if") for _, step in steps(action)}
    assert conditions["actions/cache"] == "inputs.save-caches == 'true'"
    assert conditions["actions/cache/restore"] == "inputs.save-caches != 'true'"


def test_main_tests_and_reviews_as_a_pull_request_does() -> None:
    pull_request, main = (jobs(FOLDER / "workflows" / name) for name in ("pull-request.yml", "main.yml"))
    assert pull_request["review"]["uses"] == main["review"]["uses"]
    assert pull_request["code-scanning"]["steps"][1:] == main["code-scanning"]["steps"][1:]
    assert [step["run"] for step in pull_request["test"]["steps"] if "run" in step] == ["uv run invoke test"]
    assert [step["run"] for step in main["test"]["steps"] if "run" in step] == ["uv run invoke test"]


def test_the_one_check_to_require_waits_for_all_that_may_fail() -> None:
    passed = jobs(FOLDER / "workflows" / "pull-request.yml")["passed"]
    assert passed["needs"] == ["test", "review"]
    assert passed["if"] == "${{ always() }}"
    assert passed["permissions"] == {}


def test_what_judges_changes_belongs_to_the_security_team() -> None:
    lines = (FOLDER / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    owners = dict(line.split(maxsplit=1) for line in lines if line and not line.startswith("#"))
    for path in ("/.github/", "/policies/", "/policies/waivers.yaml", "/review/"):
        # GitHub asks one owner of a line; a second team on it could approve alone.
        assert owners[path] == "@gov-example/security"
    assert [path for path in owners if path != "*" and not (ROOT / path.strip("/")).exists()] == []


def test_updates_of_pins_wait_until_others_have_met_them() -> None:
    updates = yaml.safe_load((FOLDER / "dependabot.yml").read_text(encoding="utf-8"))["updates"]
    assert {one["package-ecosystem"] for one in updates} == {"github-actions", "gomod", "uv"}
    assert all(one["cooldown"]["default-days"] >= 7 for one in updates)
    places = [place for one in updates for place in one.get("directories", [one.get("directory")])]
    assert [place for place in places if not (ROOT / place.strip("/")).is_dir()] == []
