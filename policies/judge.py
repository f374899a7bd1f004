"""Judging: every rule on every resource that it reads, in one pass.

Owns the three verdicts. A fault makes a fail, whatever else is in doubt; a doubt without a fault makes unknown; a rule
that stumbles over a value of another shape is in doubt, not broken: nothing in a resource can raise out of here. What
does is a property that a rule reads and has not declared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from policies.profile import Level, Profile
from policies.resource import Resource, Stack
from policies.rule import ANY, Context, Rule, Verdict
from policies.values import UnjudgeableError
from policies.view import Doubt, Fault, View


@dataclass(frozen=True)
class Finding:
    """What one rule says of one resource."""

    rule: Rule
    resource: Resource
    level: Level
    faults: tuple[Fault, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """A fault weighs more than a doubt."""
        return Verdict.FAIL if self.faults else Verdict.UNKNOWN if self.doubts else Verdict.PASS


@dataclass(frozen=True)
class Judgement:
    """Everything that was said of a stack. `unread`: resources by type that no rule but those for every type reads."""

    stack: Stack
    profile: Profile
    findings: tuple[Finding, ...]
    unread: Mapping[str, int]

    def of(self, verdict: Verdict) -> Iterator[Finding]:
        """The findings with a verdict."""
        return (finding for finding in self.findings if finding.verdict is verdict)

    @property
    def blocking(self) -> list[Finding]:
        """The failures that stop an update."""
        return [finding for finding in self.of(Verdict.FAIL) if finding.level is Level.MANDATORY]


def judge(stack: Stack, profile: Profile, rules: Iterable[Rule]) -> Judgement:
    """What the rules say of a stack, in the order of its resources and of the rules."""
    by_type = _by_type(tuple(rules))
    findings = []
    unread: Counter[str] = Counter()
    for resource in stack.resources:
        own = by_type.get(resource.type, ())
        if not own and ":" in resource.type and _is_judged(resource.type):
            unread[resource.type] += 1
        for rule in (*own, *(by_type.get(ANY, ()) if resource.type.startswith("azure-native:") else ())):
            level = profile.level(rule.id, rule.severity)
            if level is not Level.DISABLED:
                found = judge_one(rule, Context(resource, stack, profile), level)
                if found is not None:
                    findings.append(found)
    return Judgement(stack, profile, tuple(findings), dict(sorted(unread.items())))


def _is_judged(type_: str) -> bool:
    """Whether a type makes something, whoever's provider it is; Pulumi's own types and our components do not."""
    return not type_.startswith(("pulumi:", "platform:"))


@lru_cache(maxsize=8)
def _by_type(rules: tuple[Rule, ...]) -> Mapping[str, tuple[Rule, ...]]:
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        for type_ in rule.types:
            found.setdefault(type_, []).append(rule)
    return {type_: tuple(those) for type_, those in found.items()}


def judge_one(rule: Rule, context: Context, level: Level) -> Finding | None:
    """What one rule says of one resource; None where it does not apply to it."""
    view = View(context.resource.properties, rule.defaults(context.resource.type))
    faults: list[Fault] = []
    doubts: list[Doubt] = []
    try:
        if rule.applies is not None and not rule.applies(view, context):
            return None
        for said in rule.check(view, context):
            if isinstance(said, Fault):
                faults.append(said)
            else:
                doubts.append(said)
    except UnjudgeableError as error:
        doubts.append(Doubt(error.path, error.reason))
    except (TypeError, ValueError, AttributeError, LookupError, RecursionError, ArithmeticError) as error:
        doubts.append(Doubt("", f"has a shape that the rule can't read ({type(error).__name__})"))
    return Finding(rule, context.resource, level, tuple(faults), tuple(doubts))
