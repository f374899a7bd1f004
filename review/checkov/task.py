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
from review.checkov.run import CheckovError, CheckovFinding, CheckovResult, Disagreement, run_checkov
from review.policy import PolicyError, Subject, report_of
from review.policy_report import PolicyReport

PROJECT: Final = Path(__file__).resolve().parents[2]


def run(stack: str, file: Path | None) -> bool:
    """Shows what checkov refuses and where the two differ; answers whether every difference is explained.

    Raises PolicyError.
    """
    console = Console()
    report = report_of(Subject(stack), console, datetime.now(UTC).date())
    judged = report.settled.judgement
    with tempfile.TemporaryDirectory() as folder:
        try:
            result = run_checkov(judged.stack, Path(folder), PROJECT)
        except CheckovError as error:
            raise PolicyError(str(error)) from error
    differences = tuple(result.disagreements(judged))
    _show(result, differences, console)
    if file is not None:
        file.write_text(json.dumps(_merged(result, differences, report), indent=2) + "\n", encoding="utf-8")
    return all(one.explained for one in differences)


def _show(result: CheckovResult, differences: tuple[Disagreement, ...], console: Console) -> None:
    table = Table("check", "checkov", "ours", "resource", "why they differ", show_edge=False)
    for one in differences:
        ours = ", ".join(f"{rule} {verdict}" for rule, verdict in one.ours.items())
        why = one.explained or "[red]nobody has said why: review/checkov/disagreements.yaml[/]"
        table.add_row(one.check, str(one.theirs), ours, escape(one.resource.name), why)
    if differences:
        console.print(table)
    failed = [one for one in result.findings if one.verdict is Verdict.FAIL]
    for finding in failed:
        where = finding.resource.name if finding.resource is not None else f"{finding.file}:{finding.line}"
        console.print(f"{finding.check} fails: {escape(where)}: {escape(finding.title)}")
    console.print(
        f"checkov: {len(result.findings)} findings in {result.seconds:.1f} s, {len(failed)} of them failures; "
        f"{len(differences)} differ from ours; {len(result.left_out)} values were left out of the export"
    )


def _merged(result: CheckovResult, differences: tuple[Disagreement, ...], report: PolicyReport) -> dict[str, Any]:
    return {
        "ours": report.as_json(),
        "checkov": [_finding(one) for one in result.findings],
        "differences": [
            {
                "check": one.check,
                "urn": one.resource.urn,
                "checkov": str(one.theirs),
                "ours": {rule: str(verdict) for rule, verdict in one.ours.items()},
                "explained": one.explained,
            }
            for one in differences
        ],
    }


def _finding(one: CheckovFinding) -> dict[str, Any]:
    place = one.resource.place if one.resource is not None else None
    return {
        "check": one.check,
        "title": one.title,
        "verdict": str(one.verdict),
        "urn": one.resource.urn if one.resource is not None else None,
        "place": f"{place.file}:{place.line}" if place is not None else f"{one.file}:{one.line}",
    }
