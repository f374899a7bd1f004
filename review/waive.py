"""`invoke policy waive`: writes a waiver, and says what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from policies.catalogue import rules
from policies.judge import Judgement
from policies.profile import environments
from policies.rule import Verdict
from policies.waiver_file import append, new_waiver
from policies.waivers import FILE, Waiver, WaiverError
from review.policy import PolicyError, Subject, report_of


def run(given: Mapping[str, str], console: Console, today: date, file: Path = FILE, *, judged: bool = True) -> None:
    """Writes a waiver with these fields. `judged`: the stack is judged first, to say whether anything fails there.

    Raises PolicyError; nothing is written then.
    """
    try:
        waiver, problems = new_waiver(given, rules(), today, file)
        told = _told(waiver, console, today) if judged else "whether anything fails there was not looked at"
        append(waiver, file)
    except WaiverError as error:
        raise PolicyError(str(error)) from error
    console.print(f"{waiver.id} is in {escape(str(file))}: it accepts {waiver.rule} until {waiver.expires}")
    for problem in problems:
        console.print(f"[yellow]note[/]: it {escape(problem.message)}")
    if told:
        console.print(f"[yellow]note[/]: {escape(told)}")


def _told(waiver: Waiver, console: Console, today: date) -> str:
    """What to know of a waiver before the next run says it; empty where it accepts a failure."""
    stack = waiver.urn.split(":")[2]
    if stack not in environments():
        return f"{stack} is no stack of this project, so whether anything fails {waiver.rule} there was not looked at"
    try:
        return advice(waiver, report_of(Subject(stack), console, today, quiet=True).settled.judgement)
    except PolicyError as error:
        return f"whether anything fails {waiver.rule} there can't be told: {error}"


def advice(waiver: Waiver, judgement: Judgement) -> str:
    """The same, of a judgement of its stack."""
    found = [finding for finding in judgement.findings if waiver.covers(finding)]
    if any(finding.verdict is Verdict.FAIL for finding in found):
        return ""
    if any(finding.verdict is Verdict.UNKNOWN for finding in found):
        return f"{waiver.rule} is unknown there, and what is unknown can't be waived: it accepts nothing yet"
    what = f"{waiver.rule} does not fail there" if found else f"{waiver.rule} judges no resource with that URN"
    command = f"`invoke policy --stack {judgement.stack.name}`"
    return f"{what}: {command} refuses the waiver as unused while that is so"
