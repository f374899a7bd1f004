"""Runs the checkers over a project's `.github`, without a network: what only GitHub can answer is not asked."""

from __future__ import annotations

import os
import subprocess
import sysconfig
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from engine.progress import Progress
from engine.source import BuildError
from policies.rule import Verdict
from review.checkov.run import CheckovError, workflow_findings
from review.workflows import actionlint

_LONGEST: Final = 120
# Beside the interpreter: dev dependencies of the project, whether or not its environment is activated.
_PROGRAMS: Final = Path(sysconfig.get_path("scripts"))


class WorkflowsError(Exception):
    """A checker can't be got or run. The message says why and what to do."""


@dataclass(frozen=True)
class Checked:
    """What one checker came to. `said`: its findings, for people; empty where there are none."""

    tool: str
    said: str

    @property
    def succeeded(self) -> bool:
        """Whether it found nothing."""
        return not self.said


def check_workflows(project: Path, progress: Progress | None = None) -> Iterator[Checked]:
    """What each checker says of a project, one after the other. Raises WorkflowsError."""
    project = project.resolve()  # the checkers run in it
    files = sorted(one for ending in ("yml", "yaml") for one in (project / ".github" / "workflows").glob(f"*.{ending}"))
    if not files:
        raise WorkflowsError(f"{project} has no workflow files (.github/workflows/*.yml); nothing was checked")
    checkers: tuple[tuple[str, Callable[[], str]], ...] = (
        ("zizmor", lambda: _zizmor(project)),
        ("actionlint", lambda: _actionlint(project, files, progress)),
        ("checkov", lambda: _checkov(project)),
    )
    for tool, check in checkers:
        try:
            yield Checked(tool, check())
        except (BuildError, CheckovError, OSError, subprocess.TimeoutExpired) as error:
            mend = "`uv run invoke doctor` says what this machine lacks"
            raise WorkflowsError(f"{tool} can't check the workflows: {error}; {mend}") from error


def _zizmor(project: Path) -> str:
    configuration = project / ".github" / "zizmor.yml"
    options = ["--config", str(configuration)] if configuration.is_file() else ["--no-config"]
    # It ends with 0 where there is nothing to say, and with 11 to 14 by the worst severity (its `usage` page).
    return _said(
        [
            str(_PROGRAMS / "zizmor"), "--offline", "--persona=auditor", "--strict-collection", "--no-progress",
            "--quiet", "--color=never", *options, str(project / ".github"),
        ],
        project,
    )  # fmt: skip


def _actionlint(project: Path, files: Sequence[Path], progress: Progress | None) -> str:
    program = actionlint.ensure(progress)
    # Named, so that the result is the same whatever the machine has; pyflakes would be for inline Python alone.
    options = ["-no-color", "-pyflakes=", f"-shellcheck={_PROGRAMS / 'shellcheck'}"]
    return _said([str(program), *options, *map(str, files)], project)


def _said(command: list[str], folder: Path) -> str:
    """What a checker wrote, where it did not end with 0."""
    done = subprocess.run(
        command, cwd=folder, env=dict(os.environ), check=False, capture_output=True, text=True, timeout=_LONGEST
    )
    if done.returncode == 0:
        return ""
    return f"{done.stdout}\n{done.stderr}".strip() or f"it ended with {done.returncode} and said nothing"


def _checkov(project: Path) -> str:
    failed = [one for one in workflow_findings(project) if one.verdict is Verdict.FAIL]
    return "\n".join(f"{one.file}:{one.line}: {one.check}: {one.title}" for one in failed)
