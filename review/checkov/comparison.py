"""Checkov's verdicts beside ours: where both agree, and whether somebody has explained where they don't."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from policies.judge import Judgement
from policies.rule import Rule, Verdict
from policies.waivers import Waiver
from review.checkov.explanation import Explanation
from review.checkov.run import CheckovFinding, CheckovResult, Key
from review.policy_report import WAIVED

NOTHING_WAIVED: Final[Mapping[Key, Waiver]] = {}


class Standing(StrEnum):
    """What a finding of checkov means beside our rules with that equivalent."""

    AGREED = "agreed"
    DISAGREEMENT_EXPLAINED = "disagreement explained"
    FAILURE_EXPLAINED = "failure without a rule of ours explained"
    UNEXPLAINED = "unexplained"
    ALONE = "pass without a rule of ours"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Compared:
    """A finding, what our rules with that equivalent say of the same resource, and why they differ.

    `waiver`: accepts the failure of ours, and so this one.
    """

    finding: CheckovFinding
    ours: Mapping[str, Verdict]
    standing: Standing
    why: str = ""
    waiver: Waiver | None = None

    def as_json(self) -> dict[str, Any]:
        """For other programs."""
        finding, resource = self.finding, self.finding.resource
        place = resource.place if resource is not None else None
        return {
            "check": finding.check,
            "title": finding.title,
            "verdict": str(finding.verdict),
            "status": str(finding.verdict) if self.waiver is None else WAIVED,
            "waiver": None if self.waiver is None else self.waiver.id,
            "urn": resource.urn if resource is not None else None,
            "place": f"{place.file}:{place.line}" if place is not None else f"{finding.file}:{finding.line}",
            "ours": {rule: str(verdict) for rule, verdict in self.ours.items()},
            "standing": str(self.standing),
            "why": self.why,
        }


@dataclass(frozen=True)
class Comparison:
    """`stale`: explanations for this stack that nothing needs."""

    compared: tuple[Compared, ...]
    stale: tuple[Explanation, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """Findings by standing."""
        found = Counter(str(one.standing) for one in self.compared)
        return {str(standing): found[str(standing)] for standing in Standing}

    @property
    def succeeded(self) -> bool:
        """Whether everything is explained, and nothing that needs no explanation is."""
        return not self.stale and all(one.standing is not Standing.UNEXPLAINED for one in self.compared)


def equivalents(rule: Rule) -> tuple[str, ...]:
    """The ids of checkov's checks that a rule stands for; those that exist for Terraform alone bear a star."""
    return tuple(one for one in rule.equivalents.get("checkov", ()) if not one.endswith("*"))


def compare(
    result: CheckovResult,
    judgement: Judgement,
    explanations: Iterable[Explanation],
    waived: Mapping[Key, Waiver] = NOTHING_WAIVED,
) -> Comparison:
    """Sets each finding beside ours. `waived`: what is accepted of each check on each resource."""
    ours: dict[Key, dict[str, Verdict]] = {}
    for judged in judgement.findings:
        for check in equivalents(judged.rule):
            ours.setdefault((check, judged.resource.key), {})[judged.rule.id] = judged.verdict
    here = [one for one in explanations if judgement.stack.name in one.stacks]
    needed: set[Explanation] = set()
    compared = []
    for finding in result.findings:
        said = ours.get(finding.key, {})
        standing = _unexplained(finding.verdict, said)
        why = next((one for one in here if one.covers(finding)), None) if standing is Standing.UNEXPLAINED else None
        if why is not None:
            needed.add(why)
            standing = Standing.DISAGREEMENT_EXPLAINED if said else Standing.FAILURE_EXPLAINED
        waiver = waived.get(finding.key) if finding.verdict is Verdict.FAIL else None
        compared.append(Compared(finding, said, standing, why.why if why is not None else "", waiver))
    return Comparison(tuple(compared), tuple(one for one in here if one not in needed))


def _unexplained(theirs: Verdict, ours: Mapping[str, Verdict]) -> Standing:
    """The standing before anybody explains it."""
    if theirs is Verdict.UNKNOWN:
        return Standing.UNKNOWN
    if ours:
        return Standing.AGREED if theirs in ours.values() else Standing.UNEXPLAINED
    return Standing.ALONE if theirs is Verdict.PASS else Standing.UNEXPLAINED
