"""`invoke policy`: from what is to be judged to the report."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from rich.console import Console

import stacks
from engine import EngineMissingError
from policies.catalogue import rules
from policies.crossguard.pack import STRICTEST
from policies.judge import judge
from policies.profile import Profile, ProfileError, environments, profile
from policies.release import version
from policies.resource import Stack
from policies.waivers import WaiverError, read_waivers, settle
from rehearsal import RehearsalError
from review.arm_reader import read_template
from review.forms import FORMS
from review.manifest_reader import read_manifests
from review.plan import PlanError
from review.policy_markdown import failure, markdown
from review.policy_report import Origin, PolicyReport
from review.preview import plan_of
from review.reading import ReadError
from review.state_reader import read_state
from review.workflow_reader import read_workflows
from review.writing import WriteError, must_be_writable

PROJECT: Final = Path(__file__).resolve().parents[1]


class PolicyError(Exception):
    """Nothing could be judged. The message says why, and what to do."""


@dataclass(frozen=True)
class Subject:
    """What is judged: a stack's plan, or one file. An empty environment or classification is found out."""

    stack: str = ""
    state: Path | None = None
    arm: Path | None = None
    parameters: Path | None = None
    manifest: Path | None = None
    workflows: Path | None = None
    environment: str = ""
    classification: str = ""


def report_of(subject: Subject, console: Console, today: date, *, quiet: bool = False) -> PolicyReport:
    """Reads, judges and settles. Raises PolicyError."""
    files = (subject.state, subject.arm, subject.manifest, subject.workflows)
    given = [one for one in files if one is not None]
    if len(given) + bool(subject.stack) > 1:
        raise PolicyError("judge one thing at a time: --stack, --state, --arm, --manifest or --workflows")
    for file in given:
        if not file.exists():
            raise PolicyError(f"there is no {file}; nothing was judged")
    try:
        stack, source = _read(subject, console, quiet=quiet)
        judged = judge(stack, _profile(subject, stack), rules())
        settled = settle(judged, read_waivers(), rules(), today)
    except (
        EngineMissingError, PlanError, ProfileError, ReadError, RehearsalError, WaiverError, stacks.SettingsError
    ) as error:  # fmt: skip
        raise PolicyError(str(error)) from error
    return PolicyReport(settled, rules(), Origin(source, today, commit(), version()))


def _read(subject: Subject, console: Console, *, quiet: bool) -> tuple[Stack, str]:
    if subject.parameters is not None and subject.arm is None:
        raise PolicyError("parameters belong to a template: give --arm as well")
    if subject.arm is not None:
        return read_template(subject.arm, subject.parameters), subject.arm.as_posix()
    if subject.state is not None:
        return read_state(subject.state), subject.state.as_posix()
    if subject.manifest is not None:
        return read_manifests(subject.manifest), subject.manifest.as_posix()
    if subject.workflows is not None:
        return read_workflows(subject.workflows), subject.workflows.as_posix()
    stack = subject.stack or "dev"
    return plan_of(stack, console, quiet=quiet).stack, f"preview of {stack}"


def _profile(subject: Subject, stack: Stack) -> Profile:
    """The asked profile; else that of the stack's name and settings; else the strictest."""
    environment = subject.environment or (stack.name if stack.name in environments() else STRICTEST[0])
    own = stacks.load(stack.name).classification if stack.name in environments() else STRICTEST[1]
    assumed = not subject.environment and stack.name not in environments()
    return replace(profile(environment, subject.classification or own), is_assumed=assumed)


def commit() -> str:
    """The commit that is judged, with a plus where files differ from it; empty outside a repository or without git."""
    try:
        asked = subprocess.run(
            ["git", "describe", "--always", "--abbrev=12", "--dirty=+", "--exclude=*"],
            cwd=PROJECT, capture_output=True, text=True, check=False,
        )  # fmt: skip
    except FileNotFoundError:
        return ""
    return asked.stdout.strip()


def run(subject: Subject, form: str, out: Path | None, summary: Path | None = None) -> bool:
    """Judges, and writes the report in a form to a file or the terminal. Answers whether nothing stops an update.

    `summary`: a file to which the same, or why nothing could be judged, is added as Markdown. Raises PolicyError.
    """
    if form not in FORMS:
        raise PolicyError(f"there is no format {form!r}; there are {', '.join(FORMS)}")
    must_be_writable(out, summary)
    to_terminal = out is None and form == "table"
    try:
        report = report_of(subject, Console(stderr=not to_terminal), datetime.now(UTC).date(), quiet=not to_terminal)
    except PolicyError as error:
        _add(summary, failure(subject.stack or "a file", str(error)))
        raise
    written = FORMS[form](report)
    if out is None:
        sys.stdout.write(written.text)
        if written.beside:
            print("notice: what is waived stands in a second file: give --out FILE for both", file=sys.stderr)
    else:
        written.save(out)
    _add(summary, markdown(report))
    for notice in written.notices:
        print(f"notice: {notice}", file=sys.stderr)
    return report.succeeded


def _add(summary: Path | None, text: str) -> None:
    if summary is None:
        return
    try:
        with summary.open("a", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise WriteError(summary, error.strerror or str(error)) from None
