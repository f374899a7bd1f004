"""What a stack's evidence says: control, rules that serve it, resources, verdicts. No property's value is in it.

Owns the status of a control. It is that of the worst thing seen: a failure, then one that somebody accepted, then what
nobody can tell, then a pass. Where no rule of a control reads anything, nothing was assessed, which is never a pass.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Final

from policies.frameworks import Control, Framework
from policies.judge import Finding
from policies.profile import Level, Profile
from policies.rule import Rule
from policies.waivers import Waiver
from review.policy_report import PolicyReport, status
from review.policy_table import said_of
from review.visible import visible


class Status(StrEnum):
    """Of one rule on one resource, of a rule, or of a control: the worst first."""

    FAIL = "fail"
    WAIVED = "waived"
    UNKNOWN = "unknown"
    PASS = "pass"  # noqa: S105 - a verdict
    NOT_ASSESSED = "not assessed"


MEANINGS: Final[Mapping[Status, str]] = {
    Status.FAIL: "A rule found a fault that nobody accepted. A mandatory one stops an update; an advisory one warns.",
    Status.WAIVED: "A rule found a fault that somebody accepted for a while: the waiver says who, why and until when.",
    Status.UNKNOWN: "A rule could not tell: a value is known only after the update, or is a secret. This is no pass.",
    Status.PASS: "Every setting that the rules read is as they demand, on every resource that they read.",
    Status.NOT_ASSESSED: "No rule read any resource here: there is none of its types, or the profile switches it off.",
}


class Kind(StrEnum):
    """What was judged: what an update would leave, or what is deployed."""

    PREVIEW = "preview"
    STATE = "state"


@dataclass(frozen=True)
class Source:
    """Where the resources were read. `file`, `digest`: of a state, its name and SHA-256; empty for a preview."""

    kind: Kind
    file: str = ""
    digest: str = ""


@dataclass(frozen=True)
class Run:
    """What was judged, when and by what. `commit`: with a plus where files differed from it; empty outside Git."""

    stack: str
    environment: str
    classification: str
    source: Source
    date: date
    commit: str
    pack: str


@dataclass(frozen=True)
class Observation:
    """What one rule says of one resource. `said`: each fault or doubt, with its path. `place`: file and line."""

    rule: Rule
    type: str
    name: str
    key: str
    place: str
    level: Level
    status: Status
    said: tuple[str, ...]
    waiver: Waiver | None


@dataclass(frozen=True)
class RuleResult:
    """A rule and all that it said. `why`: why its level is not that of its severity, or why it is switched off."""

    rule: Rule
    level: Level
    observations: tuple[Observation, ...]
    why: str = ""

    @property
    def is_disabled(self) -> bool:
        """Whether the profile switches it off."""
        return self.level is Level.DISABLED

    @property
    def status(self) -> Status:
        """The worst of its observations."""
        return worst(one.status for one in self.observations)

    @property
    def counts(self) -> Mapping[Status, int]:
        """Its observations by status; those with none are left out."""
        return counted(one.status for one in self.observations)


@dataclass(frozen=True)
class ControlResult:
    """A control and the rules that serve it."""

    control: Control
    framework: Framework
    rules: tuple[RuleResult, ...]

    @property
    def status(self) -> Status:
        """The worst of what its rules said."""
        return worst(one.status for one in self.rules)

    @property
    def observations(self) -> Iterator[Observation]:
        """Everything that its rules said."""
        return (one for result in self.rules for one in result.observations)

    @property
    def counts(self) -> Mapping[Status, int]:
        """All that its rules said, by status."""
        return counted(one.status for one in self.observations)

    @property
    def waivers(self) -> tuple[Waiver, ...]:
        """The waivers of what its rules said, each once, by id."""
        found = {one.waiver.id: one.waiver for one in self.observations if one.waiver is not None}
        return tuple(found[key] for key in sorted(found))

    @property
    def silent(self) -> tuple[RuleResult, ...]:
        """Its rules that read nothing in this stack."""
        return tuple(one for one in self.rules if not one.observations)


@dataclass(frozen=True)
class Evidence:
    """Everything that the rules said of one stack. `ruleless`: controls of the catalogue that no rule serves."""

    run: Run
    rules: tuple[RuleResult, ...]
    controls: tuple[ControlResult, ...]
    ruleless: tuple[tuple[Framework, Control], ...]
    resources: int

    @cached_property
    def observations(self) -> tuple[Observation, ...]:
        """Every rule on every resource, in the order of the rules and of the resources."""
        return tuple(one for result in self.rules for one in result.observations)

    @property
    def counts(self) -> Mapping[Status, int]:
        """All observations, by status."""
        return counted(one.status for one in self.observations)

    @property
    def open(self) -> tuple[Observation, ...]:
        """What is no pass, the worst first."""
        order = tuple(Status)
        found = (one for one in self.observations if one.status is not Status.PASS)
        return tuple(sorted(found, key=lambda one: (order.index(one.status), one.rule.id, one.key)))

    @property
    def relevelled(self) -> tuple[RuleResult, ...]:
        """The rules whose level the profile changes, or which it switches off."""
        return tuple(one for one in self.rules if one.why)

    @property
    def frameworks(self) -> tuple[Framework, ...]:
        """The frameworks that have a control here, by id."""
        found = {one.framework.id: one.framework for one in self.controls}
        found |= {framework.id: framework for framework, _ in self.ruleless}
        return tuple(found[key] for key in sorted(found))


def worst(statuses: Iterable[Status]) -> Status:
    """The status that goes before all others; not assessed where there is none."""
    return min(statuses, key=tuple(Status).index, default=Status.NOT_ASSESSED)


def counted(statuses: Iterable[Status]) -> Mapping[Status, int]:
    """How many of each, the worst first; those with none are left out."""
    found = Counter(statuses)
    return {one: found[one] for one in Status if found[one]}


def evidence_of(
    report: PolicyReport, source: Source, frameworks: Mapping[str, Framework], controls: Mapping[str, Control]
) -> Evidence:
    """The evidence in a report. The same report gives the same evidence, whatever order the engine listed things in."""
    judged = report.settled.judgement
    by_rule: dict[str, list[Observation]] = {}
    for finding, waiver in report.settled.findings():
        by_rule.setdefault(finding.rule.id, []).append(_observation(finding, waiver))
    results = tuple(
        _result(rule, judged.profile, by_rule.get(rule.id, []))
        for rule in sorted(report.rules, key=lambda rule: rule.id)
    )
    serving: dict[str, list[RuleResult]] = {}
    for result in results:
        for ref in result.rule.controls:
            serving.setdefault(ref, []).append(result)
    known = sorted(controls.values(), key=lambda one: (one.framework, natural(one.id)))
    run = Run(
        visible(judged.stack.name), judged.profile.environment, judged.profile.classification, source,
        report.origin.date, report.origin.commit, report.origin.pack,
    )  # fmt: skip
    return Evidence(
        run,
        results,
        tuple(
            ControlResult(one, frameworks[one.framework], tuple(serving[one.ref]))
            for one in known
            if one.ref in serving
        ),
        tuple((frameworks[one.framework], one) for one in known if one.ref not in serving),
        len(judged.stack.resources),
    )


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts `AC-2` before `AC-10`."""
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", text) if part)


def _result(rule: Rule, profile: Profile, observations: list[Observation]) -> RuleResult:
    level = profile.level(rule.id, rule.severity)
    override = profile.overrides.get(rule.id)
    off = f"Rules of severity {rule.severity} are off." if level is Level.DISABLED else ""
    ordered = tuple(sorted(observations, key=lambda one: (one.key, one.said)))
    return RuleResult(rule, level, ordered, override.why if override is not None else off)


def _observation(finding: Finding, waiver: Waiver | None) -> Observation:
    resource = finding.resource
    return Observation(
        rule=finding.rule,
        type=visible(resource.type),
        name=visible(resource.name),
        key=visible(resource.key),
        place="" if resource.place is None else f"{visible(resource.place.file)}:{resource.place.line}",
        level=finding.level,
        status=Status(status(finding, waiver)),
        said=tuple(map(visible, said_of(finding))),
        waiver=waiver,
    )
