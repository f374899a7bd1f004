"""What our rules say of a stack, as a run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from policies import waivers
from policies.crossguard.pack import WAIVERS
from policies.judge import Finding
from policies.release import NAME
from policies.resource import Place
from policies.rule import Verdict
from policies.waivers import Problem, Waiver
from review.policy_report import PolicyReport
from review.sarif import code_scanning
from review.sarif.descriptors import LEVELS, descriptor, unknown, unknown_descriptor, waivers_descriptor
from review.sarif.log import Run
from review.sarif.result import FAIL, OPEN, Result, Suppression, artifact


def policy_run(report: PolicyReport) -> Run:
    """Failures, what is unknown, and what is wrong with waivers. What passes is in `--format json`."""
    judged = report.settled.judgement
    results = [_result(finding, waiver) for finding, waiver in report.settled.findings() if _is_told(finding)]
    undecided = {one.rule for one in results if one.kind == OPEN}
    driver = {
        "name": f"{NAME}-policies",
        "semanticVersion": report.origin.pack,
        "rules": [
            *(descriptor(rule, judged.profile) for rule in report.rules),
            *(unknown_descriptor(rule) for rule in report.rules if unknown(rule.id) in undecided),
            waivers_descriptor(),
        ],
    }
    return Run(driver, (*results, *_problems(report.settled.errors)), f"policy/{subject(report)}/", properties(report))


def subject(report: PolicyReport) -> str:
    """What was judged, for a category: the stack, or the file as code scanning finds it."""
    source = Path(report.origin.source)
    return str(artifact(source)["uri"]) if source.exists() else report.settled.judgement.stack.name


def properties(report: PolicyReport) -> dict[str, Any]:
    """What a run was made from."""
    judged = report.settled.judgement
    return {
        "stack": judged.stack.name,
        "environment": judged.profile.environment,
        "classification": judged.profile.classification,
        "date": report.origin.date.isoformat(),
        "commit": report.origin.commit,
        "counts": dict(report.counts),
    }


def justification(waiver: Waiver) -> str:
    """Who accepts a failure, why, and until when."""
    return (
        f"{waiver.id}, approved by {waiver.approver}, owned by {waiver.owner}, until {waiver.expires} "
        f"({waiver.ticket}): {waiver.reason} Meanwhile: {waiver.compensating}"
    )


def _is_told(finding: Finding) -> bool:
    return finding.verdict is not Verdict.PASS


def _result(finding: Finding, waiver: Waiver | None) -> Result:
    rule, resource = finding.rule, finding.resource
    common = {"type": resource.type, "enforcement": str(finding.level)}
    if finding.verdict is Verdict.UNKNOWN:
        told = [_sentence(doubt.path, doubt.reason) for doubt in finding.doubts]
        message = code_scanning.message([f"{resource.name}: {told[0]}", *told[1:], "It is judged once that is known."])
        paths = _paths(doubt.path for doubt in finding.doubts)
        return Result(unknown(rule.id), OPEN, "none", message, resource, paths, properties=common)
    told = [_sentence(fault.path, fault.message) for fault in finding.faults]
    return Result(
        rule.id,
        FAIL,
        LEVELS[finding.level],
        code_scanning.message([f"{resource.name}: {told[0]}", *told[1:], rule.fix]),
        resource,
        _paths(fault.path for fault in finding.faults),
        suppression=None if waiver is None else Suppression(justification(waiver)),
        properties=common if waiver is None else {**common, "waiver": waiver.id, "expires": waiver.expires.isoformat()},
    )


def _sentence(path: str, said: str) -> str:
    return f"{path} {said}." if path else f"{said[:1].upper()}{said[1:]}."


def _paths(paths: Iterator[str]) -> tuple[str, ...]:
    return tuple(sorted(set(paths)))


def _problems(problems: list[Problem]) -> Iterator[Result]:
    text = waivers.FILE.read_text(encoding="utf-8").splitlines()
    for one in problems:
        line = next((number for number, said in enumerate(text, 1) if said.endswith(f"id: {one.waiver}")), 1)
        place = Place(str(waivers.FILE), line)
        message = code_scanning.message([f"Waiver {one.waiver}: {one.message}."])
        yield Result(WAIVERS, FAIL, "error", message, None, (one.waiver,), place)
