"""The forms in which a report is written: one text each, and for some a second file beside it."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from rich.console import Console

from review.policy_report import PolicyReport
from review.policy_table import show
from review.sarif.log import SarifLogs, logs
from review.sarif.policy import policy_run
from review.writing import write


@dataclass(frozen=True)
class Written:
    """A report in one form. `beside`: more files, by the ending that stands after the stem of the first one's name.

    `notices`: what whoever asked should know, for the terminal.
    """

    text: str
    beside: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[str, ...] = ()

    def save(self, file: Path) -> None:
        """Writes all of it. Raises WriteError."""
        beside = {file.with_name(f"{file.stem}{ending}"): text for ending, text in self.beside.items()}
        write({file: self.text, **beside})


def as_table(report: PolicyReport) -> Written:
    """For a person at a terminal."""
    buffer = io.StringIO()
    show(report, Console(file=buffer, width=shutil.get_terminal_size((160, 50)).columns))
    return Written(buffer.getvalue())


def as_json(report: PolicyReport) -> Written:
    """For programs: every finding."""
    return Written(json.dumps(report.as_json(), indent=2) + "\n")


def as_sarif(report: PolicyReport) -> Written:
    """For code scanning and editors."""
    return as_files(logs([policy_run(report)]))


def as_files(made: SarifLogs) -> Written:
    """SARIF's two files: `x.sarif`, and `x.waived.sarif` with what was accepted."""
    return Written(made.text, {".waived.sarif": made.waived}, made.notices)


FORMS: Final[Mapping[str, Callable[[PolicyReport], Written]]] = {
    "table": as_table,
    "json": as_json,
    "sarif": as_sarif,
}
