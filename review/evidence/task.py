"""`invoke evidence`: judges stacks and states, and writes the bundle."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from filelock import FileLock
from rich.console import Console
from rich.markup import escape

from policies.frameworks import FrameworkError, controls, frameworks
from policies.profile import environments
from policies.waivers import Settled, WaiverError, read_waivers
from review.checkov.comparison import compare
from review.checkov.explanation import explanations
from review.checkov.run import CheckovError, run_checkov
from review.checkov.task import document
from review.checkov.waived import waived
from review.evidence.bundle import BundleError, Part, bundle, older_bundle, write
from review.evidence.coverage import coverage_of
from review.evidence.model import Kind, Source, evidence_of
from review.evidence.register import register_of
from review.policy import PolicyError, Subject, report_of
from review.policy_report import PolicyReport
from review.visible import visible

PROJECT: Final = Path(__file__).resolve().parents[2]
# Of two runs at once the later bundle stands, whole, and never a mixture.
LOCK: Final = PROJECT / ".rehearsal" / "evidence.lock"


def run(stacks: Iterable[str], states: Iterable[Path], folder: Path, today: date, *, checkov: bool = False) -> None:
    """Writes the evidence of each stack and each state. Raises PolicyError; nothing is written then."""
    console = Console(stderr=True)
    subjects = [*(Subject(stack=one) for one in stacks), *(Subject(state=one) for one in states)]
    subjects = subjects or [Subject(stack=one) for one in environments()]
    try:
        older_bundle(folder)  # before the minutes that judging takes
        parts = [part_of(report_of(one, console, today), source_of(one), checkov=checkov) for one in subjects]
        files = bundle(parts)
        LOCK.parent.mkdir(exist_ok=True)
        with FileLock(LOCK):
            write(files, folder)
    except (BundleError, CheckovError, FrameworkError, WaiverError) as error:
        raise PolicyError(str(error)) from error
    for part in parts:
        counts = ", ".join(f"{number} {status}" for status, number in part.evidence.counts.items())
        console.print(f"{escape(str(folder / part.folder))}: {counts or 'nothing was assessed'}")
    console.print(f"{len(files)} files; `sha256sum --check SHA256SUMS` in {escape(str(folder))} checks them")


def part_of(report: PolicyReport, source: Source, *, checkov: bool = False) -> Part:
    """What the bundle holds of one report."""
    judged = report.settled.judgement
    return Part(
        evidence_of(report, source, frameworks(), controls()),
        register_of(report.settled, read_waivers(), report.origin.date),
        coverage_of(judged, report.rules),
        _checked(report.settled) if checkov else None,
    )


def source_of(subject: Subject) -> Source:
    """Where a subject is read: of a state its name and digest, and not the folder that it happens to lie in."""
    if subject.state is None:
        return Source(Kind.PREVIEW)
    return Source(Kind.STATE, visible(subject.state.name), hashlib.sha256(subject.state.read_bytes()).hexdigest())


def _checked(settled: Settled) -> Mapping[str, Any]:
    judged = settled.judgement
    with tempfile.TemporaryDirectory() as folder:
        result = run_checkov(judged.stack, Path(folder), PROJECT)
    return document(result, compare(result, judged, explanations(), waived(settled)))
