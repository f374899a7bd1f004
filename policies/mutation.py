"""Proof that rules bite: every fault of every rule is put into a stack that passes, and the rule must find it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from policies.example import context_of, mutants
from policies.judge import judge_one
from policies.profile import Level, Profile
from policies.resource import Stack
from policies.rule import ABSENT, Break, Context, Rule, StackBreak, Verdict

# Where a pod is within the objects that hold one: the same fault is put into each of them.
_POD: Final = re.compile(r"^spec\.(jobTemplate\.spec\.template\.spec\.|template\.spec\.|workerSpec\.)?(?=\w)")
_LONGEST: Final = 60


@dataclass(frozen=True)
class Outcome:
    """What became of one fault in one place.

    `subject`: the key of the resource. `type`: its type, for a resource of the stack; empty for the rule's own example.
    `others`: rules that failed as well and that the fault doesn't name as companions.
    """

    rule: Rule
    fault: Break | StackBreak
    subject: str
    type: str
    title: str
    killed: bool
    others: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """What became of a fault everywhere. `put`: how often into the stack; `examples`: into the rule's own."""

    fault: str
    resources: str
    put: int
    examples: int
    found: int
    companions: tuple[str, ...]


def outcomes(rule: Rule, stack: Stack, profile: Profile, rules: Iterable[Rule]) -> Iterator[Outcome]:
    """Every fault of a rule in every resource of a stack that it passes, and in its own good examples."""
    everything = tuple(rules)
    for resource in filter(lambda one: rule.reads(one.type), stack.resources):
        yield from _in(rule, Context(resource, stack, profile), everything, resource.type)
    for example in rule.good:
        yield from _in(rule, context_of(rule, example), (), "")


def table(rule: Rule, found: Iterable[Outcome]) -> tuple[Row, ...]:
    """The outcomes of a rule, one row for each fault, in the order of the rule whatever that of the stack is."""
    by_fault: dict[str, list[Outcome]] = {described(fault): [] for fault in rule.breaks}
    for outcome in found:
        by_fault[described(outcome.fault)].append(outcome)
    return tuple(_row(fault, those) for fault, those in by_fault.items())


def described(fault: Break | StackBreak) -> str:
    """A fault in short; one of pods reads the same for every object that holds them."""
    if isinstance(fault, StackBreak):
        return fault.title
    path = _POD.sub("", fault.path)
    return f"`{path}` taken away" if fault.value is ABSENT else f"`{path}` = `{_short(fault.value)}`"


def _short(value: Any) -> str:
    text = value if isinstance(value, str) and value else json.dumps(value, default=str)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _row(fault: str, those: list[Outcome]) -> Row:
    subjects = {(one.subject, one.type) for one in those if one.type}
    types = Counter(type_.rpartition(":")[2] for _, type_ in subjects)
    return Row(
        fault=fault,
        resources=", ".join(f"{name} {count}" for name, count in sorted(types.items())),
        put=sum(bool(one.type) for one in those),
        examples=sum(not one.type for one in those),
        found=sum(one.killed for one in those),
        companions=tuple(sorted({name for one in those for name in one.fault.companions})),
    )


def _in(rule: Rule, context: Context, rules: tuple[Rule, ...], type_: str) -> Iterator[Outcome]:
    before = judge_one(rule, context, Level.MANDATORY)
    if before is None or before.verdict is not Verdict.PASS:
        return
    passed = _failing(context, rules)
    for mutant in mutants(rule, context.stack, context.resource):
        broken = Context(mutant.resource, mutant.stack, context.profile)
        found = judge_one(rule, broken, Level.MANDATORY)
        others = _failing(broken, rules) - passed - {rule.id, *mutant.companions}
        killed = found is not None and found.verdict is Verdict.FAIL
        yield Outcome(rule, mutant.fault, context.resource.key, type_, mutant.title, killed, tuple(sorted(others)))


def _failing(context: Context, rules: tuple[Rule, ...]) -> set[str]:
    """The rules that fail on this resource."""
    found = (judge_one(rule, context, Level.MANDATORY) for rule in rules if rule.reads(context.resource.type))
    return {finding.rule.id for finding in found if finding is not None and finding.verdict is Verdict.FAIL}
