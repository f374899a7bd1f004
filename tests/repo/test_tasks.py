"""The commands: each has a help text and stands in the README, and CI runs exactly one of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from invoke.collection import Collection
from invoke.context import MockContext
from invoke.exceptions import Exit
from invoke.program import Program
from invoke.runners import Result

import tasks

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = Collection.from_module(tasks)


@pytest.mark.parametrize("name", sorted(COMMANDS.tasks))
def test_every_command_says_what_it_does_and_stands_in_the_readme(name: str) -> None:
    assert COMMANDS[name].__doc__
    assert f"invoke {name}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(COMMANDS.tasks))
def test_every_option_of_a_command_is_explained(name: str) -> None:
    assert [argument.name for argument in COMMANDS[name].get_arguments() if not argument.help] == []


def test_ci_runs_the_readmes_test_command() -> None:
    assert (ROOT / ".ci" / "run").read_text().splitlines()[-1] == "uv run invoke test"


def test_the_test_command_stops_at_the_first_check_that_fails() -> None:
    names = [command for _, command in tasks.CHECKS]
    context = MockContext(run={names[0]: Result(exited=0), names[1]: Result(exited=1)})
    with pytest.raises(Exit, match="failed: style") as stopped:
        tasks.test.body(context)
    assert stopped.value.code == 1


@pytest.mark.parametrize(
    "flags",
    [
        *(["policy", f"--{flag}", ""] for flag in ("stack", "state", "arm", "parameters", "manifest", "workflows")),
        *([command, "--stack", ""] for command in ("export", "checkov", "evidence")),
    ],
    ids=" ".join,
)
def test_a_flag_that_is_given_with_nothing_judges_nothing_else_instead(
    flags: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        Program(namespace=COMMANDS).run(["invoke", *flags])
    assert ended.value.code == 2
    assert f"error: {flags[1]} is empty" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "runs"),
    [
        (["policy"], "review.policy.run"),
        (["export"], "review.export.run"),
        (["checkov"], "review.checkov.task.run"),
        (["evidence"], "review.evidence.task.run"),
        (["workflows"], "review.workflows.check_workflows"),
        (["changed-stacks"], "policies.profile.environments"),
    ],
    ids=lambda one: one[0],
)
def test_ctrl_c_is_no_verdict(
    command: list[str], runs: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(runs, interrupted)
    with pytest.raises(SystemExit) as ended:
        Program(namespace=COMMANDS).run(["invoke", *command])
    assert ended.value.code == 130
    assert "cancelled" in capsys.readouterr().err
