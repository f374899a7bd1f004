"""What the pack says: diagnostics of the engine's protocol, made from findings.

Pulumi's own policy library turns a mandatory policy into an advisory one wherever it meets an unknown, drops what the
other resources of a stack policy would have said, and reads every property anew for each policy. So the protocol is
spoken here: what can't be judged yet is remembered, and judged again when the update is done.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Final

from policies.catalogue import rules
from policies.crossguard.ids import with_ids
from policies.crossguard.wire import filled, properties, resource
from policies.judge import Finding, judge
from policies.profile import Level, Profile, ProfileError, environments, profile
from policies.resource import Resource, Stack, unversioned
from policies.rule import Rule, Scope, Severity, Verdict
from policies.waivers import Settled, Waiver, settle, usable
from stacks.stack_file import SETTINGS_KEY
from stacks.types import Classification

STRICTEST: Final = ("prod", Classification.PROTECTED_C)
"""The profile of a stack that says nothing of itself."""
WAIVERS: Final = "waivers"
"""The policy under which the engine reports what is wrong with waivers."""


@dataclass(frozen=True)
class Said:
    """One diagnostic: of which policy, at which level, on which resource (empty: the stack)."""

    policy: str
    level: Level
    severity: Severity
    urn: str
    message: str


@dataclass
class Pack:
    """One update of one stack, from the engine's first call to its last.

    `inputs`: what was declared, by URN; at its end the engine hands over outputs only. `verdicts`: of the rules that
    read a resource alone, by URN and rule. `is_own`: whether it is a stack of this project, which has settings.
    """

    waivers: tuple[Waiver, ...]
    today: date
    stack: str = ""
    is_own: bool = False
    profile: Profile = field(default_factory=lambda: profile(*STRICTEST))
    inputs: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    verdicts: dict[str, dict[str, Verdict]] = field(default_factory=dict)

    def configure(self, stack: str, config: Mapping[str, str]) -> None:
        """Chooses the profile: of the stack's name, and of the classification in its settings; else the strictest."""
        self.stack = stack
        self.is_own = SETTINGS_KEY in config
        try:
            settings = json.loads(config.get(SETTINGS_KEY, "{}"))
        except ValueError:
            settings = None
        classification = settings.get("classification") if isinstance(settings, dict) else None
        environment = stack if stack in environments() else STRICTEST[0]
        try:
            self.profile = profile(environment, str(classification or STRICTEST[1]))
        except ProfileError:
            self.profile = profile(environment, STRICTEST[1])

    def one(self, request: Any) -> list[Said]:
        """What rules that read a resource alone say of it. What they can't judge yet is said at the end."""
        found = properties(request.properties)
        self.inputs[request.urn] = found
        alone = Stack(self.stack, (resource(request, found),))
        judged = judge(alone, self.profile, _of(Scope.RESOURCE))
        self.verdicts[request.urn] = {each.rule.id: each.verdict for each in judged.findings}
        valid = usable(self.waivers, self.today)
        waivers = (next((waiver for waiver in valid if waiver.covers(each)), None) for each in judged.findings)
        pairs = zip(judged.findings, waivers, strict=True)
        return [said for each, waiver in pairs if each.verdict is Verdict.FAIL for said in _said(each, waiver)]

    def silent(self, request: Any) -> list[tuple[str, str]]:
        """The policies for its type that say nothing of a resource, each with the reason."""
        judged = self.verdicts.get(request.urn, {})
        return [
            (rule.id, "unknown yet; judged again at the end" if rule.id in judged else "not meant for this one")
            for rule in _for(unversioned(request.type))
            if judged.get(rule.id, Verdict.UNKNOWN) is Verdict.UNKNOWN
        ]

    def all(self, requests: Iterable[Any]) -> list[Said]:
        """What rules that read the whole stack say of it, and the others of what they could not judge before."""
        stack = Stack(self.stack, with_ids(self._final(request) for request in requests))
        settled = settle(judge(stack, self.profile, rules()), self.waivers, rules(), self.today)
        open_ones = (pair for pair in settled.findings() if self._is_new(pair[0]))
        return [*(said for each, waiver in open_ones for said in _said(each, waiver)), *_of_waivers(settled)]

    def _is_new(self, finding: Finding) -> bool:
        """Whether nothing was said of it when the resource was declared."""
        before = self.verdicts.get(finding.resource.urn, {}).get(finding.rule.id, Verdict.UNKNOWN)
        return finding.rule.scope is Scope.STACK or before is Verdict.UNKNOWN

    def _final(self, request: Any) -> Resource:
        return resource(request, filled(self.inputs.get(request.urn, {}), properties(request.properties)))


@cache
def _of(scope: Scope) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules() if rule.scope is scope)


@cache
def _for(type_: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in _of(Scope.RESOURCE) if rule.reads(type_))


@cache
def for_other_types(type_: str) -> tuple[str, ...]:
    """The policies that read single resources, and none of this type."""
    return tuple(rule.id for rule in _of(Scope.RESOURCE) if not rule.reads(type_))


def _said(finding: Finding, waiver: Waiver | None) -> Iterator[Said]:
    rule, urn = finding.rule, finding.resource.urn
    for fault in finding.faults:
        message = f"{fault.path}: {fault.message}" if fault.path else fault.message
        if waiver is None:
            yield Said(rule.id, finding.level, rule.severity, urn, f"{message}. {rule.fix}")
        else:
            until = f"waived until {waiver.expires} by {waiver.approver} ({waiver.ticket})"
            yield Said(rule.id, Level.ADVISORY, rule.severity, urn, f"{message}; {until}")
    if finding.verdict is Verdict.UNKNOWN:
        for doubt in finding.doubts:
            text = f"unknown: {doubt.path or 'the resource'} {doubt.reason}; judged again once it is known"
            yield Said(rule.id, Level.ADVISORY, rule.severity, urn, text)


def _of_waivers(settled: Settled) -> Iterator[Said]:
    for problem in settled.problems:
        level = Level.MANDATORY if problem.is_error else Level.ADVISORY
        yield Said(WAIVERS, level, Severity.HIGH, "", f"waiver {problem.waiver}: {problem.message}")
