"""`invoke checkov`: checkov beside our rules, over the same plan."""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from policies.rule import Verdict
from review.checkov.comparison import Compared, Comparison, Standing, compare
from review.checkov.explanation import explanations
from review.checkov.run import CheckovError, CheckovResult, run_checkov
from review.checkov.waived import waived
from review.forms import as_files
from review.policy import PolicyError, Subject, report_of
from review.sarif.checkov import checkov_run
from review.sarif.log import logs
from review.sarif.policy import policy_run
from review.writing import must_be_writable, write

PROJECT: Final = Path(__file__).resolve().parents[2]


def run(stack: str, file: Path | None, sarif: Path | None = None) -> bool:
    """Shows where checkov fails and where the two differ; answers whether all of that is explained.

    `file`, `sarif`: where what both say is written as JSON and as SARIF. Raises PolicyError.
    """
    must_be_writable(file, sarif)
    console = Console()
    report = report_of(Subject(stack), console, datetime.now(UTC).date())
    judged = report.settled.judgement
    with tempfile.TemporaryDirectory() as folder:
        try:
            explained = explanations()
            result = run_checkov(judged.stack, Path(folder), PROJECT)
        except CheckovError as error:
            raise PolicyError(str(error)) from error
    comparison = compare(result, judged, explained, waived(report.settled))
    _show(result, comparison, console)
    if file is not None:
        written = {"ours": report.as_json(), **document(result, comparison)}
        write({file: json.dumps(written, indent=2) + "\n"})
    if sarif is not None:
        files = as_files(logs([policy_run(report), checkov_run(comparison, report)]))
        files.save(sarif)
        for notice in files.notices:
            console.print(f"notice: {escape(notice)}")
    return comparison.succeeded


def _show(result: CheckovResult, comparison: Comparison, console: Console) -> None:
    table = Table("check", "resource", "why", show_edge=False, show_lines=True)
    table.columns[0].no_wrap = True
    for one in comparison.compared:
        if one.finding.verdict is not Verdict.PASS or one.standing is Standing.UNEXPLAINED:
            table.add_row(*_row(one))
    if table.row_count:
        console.print(table)
    for stale in comparison.stale:
        console.print(
            f"[red]{stale.check} of {escape(stale.of)} is explained and nothing needs it: take it out of "
            "review/checkov/disagreements.yaml, or this stack out of its stacks[/]"
        )
    counts = ", ".join(f"{number} {standing}" for standing, number in comparison.counts.items() if number)
    console.print(
        f"checkov: {len(comparison.compared)} findings in {result.seconds:.1f} s: {counts}; "
        f"{len(result.left_out)} values were left out of the export"
    )


def _row(one: Compared) -> tuple[str, str, str]:
    finding = one.finding
    ours = ", ".join(f"{rule} {verdict}" for rule, verdict in one.ours.items()) or "no rule"
    where = finding.resource.name if finding.resource is not None else f"{finding.file}:{finding.line}"
    nobody = f"[red]nobody has said why (review/checkov/disagreements.yaml): {escape(finding.title)}[/]"
    why = nobody if one.standing is Standing.UNEXPLAINED else escape(one.why or finding.title)
    standing = str(one.standing)
    if one.waiver is not None:
        standing, why = f"waived by {one.waiver.id}", f"until {one.waiver.expires}: {escape(one.waiver.reason)}"
    return finding.check, f"{escape(where)}\ncheckov: {finding.verdict}\nours: {ours}\n{standing}", why


def document(result: CheckovResult, comparison: Comparison) -> dict[str, Any]:
    """Every finding beside ours, for other programs, in an order that does not depend on checkov's."""
    findings = [one.as_json() for one in comparison.compared]
    return {
        "checkov": sorted(findings, key=lambda one: (one["check"], one["urn"] or "", one["place"], one["title"])),
        "counts": dict(comparison.counts),
        "stale": [{"check": one.check, "of": one.of} for one in comparison.stale],
        "left_out": [{"urn": one.resource.urn, "path": one.path, "why": one.why} for one in result.left_out],
    }
