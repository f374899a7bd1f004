"""What rules said of a stack: the numbers, and the same as JSON. A table is made in `review.policy_table`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from policies.judge import Finding
from policies.rule import Rule, Verdict
from policies.unread import left_out
from policies.waivers import Settled, Waiver

FORMAT: Final = 1
"""Of the JSON document: a change that a reader would notice counts it up."""
WAIVED: Final = "waived"


@dataclass(frozen=True)
class Origin:
    """Where and when a stack was judged. `commit`: empty outside a repository."""

    source: str
    date: date
    commit: str
    pack: str


@dataclass(frozen=True)
class PolicyReport:
    """One run of the rules over one stack."""

    settled: Settled
    rules: tuple[Rule, ...]
    origin: Origin

    @property
    def counts(self) -> Mapping[str, int]:
        """Findings by status: pass, fail, unknown, waived; and those failures that stop an update."""
        found = Counter(status(finding, waiver) for finding, waiver in self.settled.findings())
        statuses = (*(str(one) for one in Verdict), WAIVED)
        return {**{one: found.get(one, 0) for one in statuses}, "blocking": len(self.settled.blocking)}

    @property
    def succeeded(self) -> bool:
        """Whether nothing stops an update: no mandatory failure that nobody accepted, and no wrong waiver."""
        return not self.settled.blocking and not self.settled.errors

    def as_json(self) -> dict[str, Any]:
        """Everything, for other programs; no property's value is in it."""
        judged = self.settled.judgement
        return {
            "format": FORMAT,
            "stack": judged.stack.name,
            "source": self.origin.source,
            "environment": judged.profile.environment,
            "classification": judged.profile.classification,
            "date": self.origin.date.isoformat(),
            "commit": self.origin.commit,
            "pack": self.origin.pack,
            "succeeded": self.succeeded,
            "counts": dict(self.counts),
            "resources": len(judged.stack.resources),
            "rules": len(self.rules),
            "unread": dict(judged.unread),
            "unread_on_purpose": {type_: left_out()[type_].reason for type_ in judged.unread if type_ in left_out()},
            "findings": [_finding(finding, waiver) for finding, waiver in self.settled.findings()],
            "waivers": [
                {"id": each.waiver, "message": each.message, "error": each.is_error} for each in self.settled.problems
            ],
        }


def status(finding: Finding, waiver: Waiver | None) -> str:
    """The verdict, or that somebody accepted the failure."""
    return WAIVED if waiver is not None else str(finding.verdict)


def _finding(finding: Finding, waiver: Waiver | None) -> dict[str, Any]:
    rule, resource = finding.rule, finding.resource
    found: dict[str, Any] = {
        "rule": rule.id,
        "title": rule.title,
        "severity": str(rule.severity),
        "level": str(finding.level),
        "verdict": str(finding.verdict),
        "status": status(finding, waiver),
        "equivalents": {tool: list(ids) for tool, ids in rule.equivalents.items()},
        "controls": list(rule.controls),
        "resource": {"type": resource.type, "name": resource.name, "urn": resource.urn, "id": resource.id},
        "place": None if resource.place is None else f"{resource.place.file}:{resource.place.line}",
        "faults": [{"path": fault.path, "message": fault.message} for fault in finding.faults],
        "doubts": [{"path": doubt.path, "reason": doubt.reason} for doubt in finding.doubts],
    }
    if finding.faults:
        found["fix"] = rule.fix
    if waiver is not None:
        found["waiver"] = {"id": waiver.id, "expires": waiver.expires.isoformat(), "approver": waiver.approver}
    return found
