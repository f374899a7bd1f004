"""The rules' findings for a terminal: what stops an update first, then what is accepted and what nobody knows yet."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from policies.judge import Finding
from policies.profile import Level
from policies.rule import Severity, Verdict
from policies.unread import left_out, told_apart
from policies.waivers import Waiver
from review.policy_report import WAIVED, PolicyReport, status
from review.visible import visible

_ORDER = tuple(reversed(Severity))
# Types without rules that are named in one line.
_SHOWN = 5
_COLOURS = {Verdict.FAIL: "red", Verdict.UNKNOWN: "yellow", WAIVED: "cyan"}


def show(report: PolicyReport, console: Console) -> None:
    """Prints what is not a pass, then the numbers."""
    found = not_passed(report)
    if found:
        console.print(_table(found))
    for problem in report.settled.problems:
        word = "[red]error[/]" if problem.is_error else "[yellow]warning[/]"
        console.print(f"{word}: waiver {problem.waiver}: {shown_as(problem.message)}")
    judged, counts = report.settled.judgement, report.counts
    console.print(
        f"{len(report.rules)} rules over {len(judged.stack.resources)} resources of {shown_as(judged.stack.name)} "
        f"({judged.profile.environment}, {judged.profile.classification}): "
        f"{counts['pass']} pass, {counts['fail']} fail ({counts['blocking']} mandatory), {counts['unknown']} unknown, "
        f"{counts['waived']} waived"
    )
    without = told_apart(judged.unread, left_out())
    if without.on_purpose:
        console.print(
            f"{_counted(without.on_purpose)} have no rule of their own on purpose (policies/unread.yaml says why)"
        )
    if without.unknown:
        console.print(f"{_counted(without.unknown)} are read by no rule: {shown_as(_named(without.unknown))}")


def _counted(types: Mapping[str, int]) -> str:
    return f"{sum(types.values())} resources of {len(types)} types"


def _named(types: Mapping[str, int]) -> str:
    """The most frequent ones."""
    often = sorted(types, key=lambda type_: (-types[type_], type_))
    more = f" and {len(often) - _SHOWN} more (`--format json`)" if len(often) > _SHOWN else ""
    return ", ".join(often[:_SHOWN]) + more


def not_passed(report: PolicyReport) -> list[tuple[Finding, Waiver | None]]:
    """What is no pass, the worst first, each with the waiver that accepts it."""
    return sorted((pair for pair in report.settled.findings() if pair[0].verdict is not Verdict.PASS), key=_rank)


def said_of(finding: Finding) -> list[str]:
    """What a rule says of a resource: each fault with its place, then each doubt."""
    faults = [f"{fault.path}: {fault.message}" if fault.path else fault.message for fault in finding.faults]
    return faults + [f"{doubt.path or 'the resource'} {doubt.reason}" for doubt in finding.doubts]


def shown_as(*lines: str) -> str:
    """Lines for a terminal. What they hold neither colours it nor moves in it: names come from files of strangers."""
    return escape("\n".join(visible(line) for line in lines if line))


def _rank(pair: tuple[Finding, Waiver | None]) -> tuple[int, int, str, str]:
    finding, waiver = pair
    order = (str(Verdict.FAIL), WAIVED, str(Verdict.UNKNOWN)).index(status(finding, waiver))
    return order, _ORDER.index(finding.rule.severity), finding.rule.id, finding.resource.key


def _table(found: list[tuple[Finding, Waiver | None]]) -> Table:
    table = Table(show_edge=False, pad_edge=False)
    for title in ("rule", "status", "resource", "what and where", "how to mend it"):
        table.add_column(title, overflow="fold")
    for finding, waiver in found:
        shown = status(finding, waiver)
        level = f" ({finding.level})" if finding.level is Level.ADVISORY and shown == Verdict.FAIL else ""
        colour = _COLOURS.get(shown, "white")
        place = f"{finding.resource.place.file}:{finding.resource.place.line}" if finding.resource.place else ""
        fix = f"until {waiver.expires}: {waiver.reason}" if waiver else finding.rule.fix if finding.faults else ""
        table.add_row(
            f"{finding.rule.id}\n{finding.rule.severity}",
            f"[{colour}]{shown}[/]{level}",
            shown_as(finding.resource.name, finding.resource.type.removeprefix("azure-native:"), place),
            shown_as(*said_of(finding)),
            shown_as(fix),
        )
    return table
