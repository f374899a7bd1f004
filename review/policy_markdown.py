"""The rules' findings as Markdown, for the summary of a run on GitHub: the verdict first, then what is no pass."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from policies.judge import Finding
from policies.pages import explained_at
from policies.profile import Level
from policies.rule import Verdict
from policies.waivers import Waiver
from review.markdown import escaped
from review.policy_report import WAIVED, PolicyReport, status
from review.policy_table import not_passed, said_of

# A step's summary may hold 1 MiB (docs.github.com, workflow commands); past that GitHub shows nothing of it.
MOST_BYTES: Final = 900_000
MOST_FAULTS: Final = 10
_SIGNS: Final = {str(Verdict.FAIL): "⛔", WAIVED: "🔏", str(Verdict.UNKNOWN): "❔"}


def markdown(report: PolicyReport) -> str:
    """A section of a page."""
    return "\n".join(_lines(report)) + "\n"


def failure(subject: str, error: str) -> str:
    """The section where nothing could be judged."""
    return f"## Policies: {escaped(subject)} – ❌ nothing could be judged\n\n{escaped(error, 2000)}\n\n"


def _lines(report: PolicyReport) -> Iterator[str]:
    judged, counts = report.settled.judgement, report.counts
    stopping = counts["blocking"] + len(report.settled.errors)
    verdict = "✅ nothing stops it" if report.succeeded else f"⛔ stopped by {_counted(stopping)}"
    yield f"## Policies: {escaped(judged.stack.name)} – {verdict}"
    yield ""
    commit = escaped(report.origin.commit) or "no commit"
    yield (
        f"{len(report.rules)} rules over {len(judged.stack.resources)} resources "
        f"({judged.profile.environment}, {judged.profile.classification}, {commit}): "
        f"{counts['pass']} pass, {counts['fail']} fail, {counts['unknown']} unknown, {counts['waived']} waived."
    )
    for problem in report.settled.problems:
        sign = "⛔" if problem.is_error else "⚠️"
        yield ""
        yield f"{sign} waiver {escaped(problem.waiver)}: {escaped(problem.message)}"
    found = not_passed(report)
    if found:
        yield ""
        yield "| | rule | severity | resource | what and where | how to mend it |"
        yield "|---|---|---|---|---|---|"
        rows = [_row(finding, waiver) for finding, waiver in found]
        ends = accumulate(len(row.encode()) for row in rows)
        kept = [row for row, end in zip(rows, ends, strict=True) if end <= MOST_BYTES]
        yield from kept
        if len(kept) < len(rows):
            yield ""
            yield f"… and {_counted(len(rows) - len(kept))} more; `uv run invoke policy` shows all."
    yield ""


def _counted(findings: int) -> str:
    return f"{findings} finding{'' if findings == 1 else 's'}"


def _row(finding: Finding, waiver: Waiver | None) -> str:
    shown = status(finding, waiver)
    advisory = finding.level is Level.ADVISORY and shown == Verdict.FAIL
    resource = escaped(f"{finding.resource.type.removeprefix('azure-native:')} {finding.resource.name}")
    place = finding.resource.place
    where = f"<br>{escaped(f'{place.file}:{place.line}')}" if place is not None else ""
    fix = f"until {waiver.expires}: {waiver.reason}" if waiver else finding.rule.fix if finding.faults else ""
    said = said_of(finding)
    shown_faults = [escaped(one) for one in said[:MOST_FAULTS]]
    shown_faults += [f"… and {len(said) - MOST_FAULTS} more"] if len(said) > MOST_FAULTS else []
    cells = (
        "⚠️ advisory" if advisory else f"{_SIGNS[shown]} {shown}",
        f"[{finding.rule.id}]({explained_at(finding.rule)})",
        str(finding.rule.severity),
        resource + where,
        "<br>".join(shown_faults),
        escaped(fix),
    )
    return "| " + " | ".join(cells) + " |"
