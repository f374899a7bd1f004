"""Evidence as CSV: one row for each control, rule and resource; and the register of waivers.

A cell that a spreadsheet would take as a formula gets an apostrophe before it (OWASP's advice on CSV injection).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from review.evidence.model import ControlResult, Evidence, Observation, RuleResult, Run, Status
from review.evidence.register import Entry
from review.visible import visible

# With the full-width forms, which some spreadsheets take as well.
_FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")

_RUN: Final = (
    "stack", "environment", "classification", "source", "state_file", "state_sha256", "date", "commit", "pack"
)  # fmt: skip
MATRIX: Final = (
    *_RUN, "framework", "control", "control_title", "control_confirmed",
    "in_cccs_medium", "control_status", "rule", "rule_title",
    "severity", "level", "status", "type", "resource", "urn", "place", "said", "waiver", "waiver_expires",
)  # fmt: skip
REGISTER: Final = (
    *_RUN, "waiver", "state", "failures_accepted", "rule", "urn", "path", "reason", "compensating", "owner", "approver",
    "ticket", "created", "expires", "days_left", "problems",
)  # fmt: skip


def matrix(evidence: Evidence) -> str:
    """A row for each control, rule and resource. A rule that read nothing has one row, without a resource."""
    return _sheet(
        MATRIX,
        (
            (*_run(evidence.run), *_control(control), *row)
            for control in evidence.controls
            for result in control.rules
            for row in _rows(result)
        ),
    )


def register(entries: Iterable[Entry], run: Run) -> str:
    """A row for each waiver."""
    return _sheet(REGISTER, ((*_run(run), *_entry(one)) for one in entries))


def cell(text: str) -> str:
    """A text on one line that no spreadsheet takes as a formula."""
    shown = visible(text)
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA) else shown


def _sheet(header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(header)
    # A number is ours, and stays one: days left may be below zero.
    writer.writerows([str(one) if isinstance(one, int) else cell(str(one)) for one in row] for row in rows)
    return buffer.getvalue()


def _run(run: Run) -> tuple[object, ...]:
    source = run.source
    return (
        run.stack, run.environment, run.classification, source.kind, source.file, source.digest, run.date, run.commit,
        run.pack,
    )  # fmt: skip


def _control(result: ControlResult) -> tuple[object, ...]:
    control = result.control
    flags = (_yes(control.confirmed), _yes(control.ccm_medium))
    return result.framework.id, control.id, control.title, *flags, result.status


def _yes(flag: bool | None) -> str:
    return "" if flag is None else "yes" if flag else "no"


def _rows(result: RuleResult) -> Iterator[tuple[object, ...]]:
    rule = result.rule
    head = (rule.id, rule.title, rule.severity, result.level)
    if not result.observations:
        said = result.why if result.is_disabled else ""
        yield (*head, Status.NOT_ASSESSED, "", "", "", "", said, "", "")
    for one in result.observations:
        yield (*head, one.status, *_resource(one), "; ".join(one.said), *_waiver(one))


def _resource(one: Observation) -> tuple[object, ...]:
    return one.type, one.name, one.key, one.place


def _waiver(one: Observation) -> tuple[object, ...]:
    return ("", "") if one.waiver is None else (one.waiver.id, one.waiver.expires)


def _entry(one: Entry) -> tuple[object, ...]:
    waiver = one.waiver
    return (
        waiver.id, one.state, one.used, waiver.rule, waiver.urn, waiver.path or "", waiver.reason, waiver.compensating,
        waiver.owner, waiver.approver, waiver.ticket, waiver.created, waiver.expires, one.days_left,
        "; ".join(one.problems),
    )  # fmt: skip
