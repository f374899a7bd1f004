"""Proof that rules bite: every fault of every rule is put into a stack that passes, and the rule must find it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from policies.example import context_of, mutants
from policies.judge import judge_one
from policies.profile import Level, Profile
from policies.resource import Stack
from policies.rule import ANY, Context, Rule, Verdict


@dataclass(frozen=True)
class Outcome:
    """What became of one fault. `others`: rules that failed as well and that the fault doesn't name as companions."""

    rule: Rule
    subject: str
    title: str
    killed: bool
    others: tuple[str, ...]


def outcomes(rule: Rule, stack: Stack, profile: Profile, rules: Iterable[Rule]) -> Iterator[Outcome]:
    """Every fault of a rule in every resource of a stack that it passes, and in its own good examples."""
    everything = tuple(rules)
    for resource in stack.resources if rule.types == (ANY,) else stack.of(*rule.types):
        yield from _in(rule, Context(resource, stack, profile), everything)
    for example in rule.good:
        context = context_of(rule, example)
        yield from _in(rule, context, ())


def _in(rule: Rule, context: Context, rules: tuple[Rule, ...]) -> Iterator[Outcome]:
    before = judge_one(rule, context, Level.MANDATORY)
    if before is None or before.verdict is not Verdict.PASS:
        return
    passed = _failing(context, rules)
    for mutant in mutants(rule, context.stack, context.resource):
        broken = Context(mutant.resource, mutant.stack, context.profile)
        found = judge_one(rule, broken, Level.MANDATORY)
        others = _failing(broken, rules) - passed - {rule.id, *mutant.companions}
        killed = found is not None and found.verdict is Verdict.FAIL
        yield Outcome(rule, context.resource.key, mutant.title, killed, tuple(sorted(others)))


def _failing(context: Context, rules: tuple[Rule, ...]) -> set[str]:
    """The rules that fail on this resource."""
    alone = (rule for rule in rules if context.resource.type in rule.types or rule.types == (ANY,))
    found = (judge_one(rule, context, Level.MANDATORY) for rule in alone)
    return {finding.rule.id for finding in found if finding is not None and finding.verdict is Verdict.FAIL}
