"""A whole SARIF file: the runs of one or more tools, cut to what code scanning takes.

What somebody accepted is in a second file, since code scanning would show it as an alert like any other.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from review.sarif import code_scanning
from review.sarif.result import ROOT, Result, as_json

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


@dataclass(frozen=True)
class Run:
    """One run of one tool. `driver`: the tool with its rules. `category`: tells its uploads from others'."""

    driver: dict[str, Any]
    results: tuple[Result, ...]
    category: str
    properties: dict[str, Any]


@dataclass(frozen=True)
class SarifLogs:
    """Two files: what is to be looked at, and what was accepted. `notices`: what had to be left out."""

    text: str
    waived: str
    notices: tuple[str, ...]


def logs(runs: Sequence[Run]) -> SarifLogs:
    """The files of some runs. The same runs give the same text."""
    open_runs = [replace(run, results=tuple(one for one in run.results if one.suppression is None)) for run in runs]
    waived_runs = [
        replace(run, results=tuple(one for one in run.results if one.suppression), category=f"{run.category}waived/")
        for run in runs
    ]
    text, notices = _log(open_runs)
    waived, more = _log(waived_runs)
    return SarifLogs(text, waived, (*notices, *more))


def _log(runs: Sequence[Run]) -> tuple[str, list[str]]:
    most = code_scanning.MOST_RESULTS
    while True:
        notices: list[str] = []
        made = [_run(run, most, notices) for run in runs]
        text = json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": made}, indent=1) + "\n"
        if code_scanning.fits(text) or most == 0:
            return text, notices
        most //= 2


def _run(run: Run, most: int, notices: list[str]) -> dict[str, Any]:
    rules = {rule["id"]: index for index, rule in enumerate(run.driver["rules"])}
    results = as_json(run.results, rules)
    kept = code_scanning.most_severe(results, most)
    notifications = []
    if len(kept) < len(results):
        notice = (
            f"{run.driver['name']}: {len(results)} results are more than code scanning takes; the {len(kept)} most "
            f"severe are in the file, and {len(results) - len(kept)} are not"
        )
        notices.append(notice)
        notifications.append({"level": "warning", "message": {"text": notice}})
    return {
        "tool": {"driver": run.driver},
        "automationDetails": {"id": run.category},
        "originalUriBaseIds": {ROOT: {"description": {"text": "The project's folder, which has Pulumi.yaml."}}},
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notifications}],
        "results": kept,
        "properties": run.properties,
        "columnKind": "utf16CodeUnits",
    }
