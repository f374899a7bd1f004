"""No false alarms: what the platform's own stacks would be refused for."""

from __future__ import annotations

from datetime import date

import pytest

from policies.catalogue import rules
from policies.judge import judge
from policies.resource import STACK, Resource, Stack
from policies.rule import Verdict
from policies.waivers import Settled, read_waivers, settle
from tests.policies.planned import planned, profile_of


def settled_with_waivers(stack: Stack) -> Settled:
    waivers = read_waivers()
    # Whether a waiver has expired is for `invoke policy` to say, every day; here they are as when the last was made.
    today = max((waiver.created for waiver in waivers), default=date(2026, 11, 25))
    return settle(judge(stack, profile_of(stack.name), rules()), waivers, rules(), today)


def refused(settled: Settled) -> list[tuple[object, ...]]:
    found = [(f, waiver) for f, waiver in settled.findings() if f.verdict is Verdict.FAIL]
    return [(f.rule.id, f.resource.name, *f.faults) for f, waiver in found if waiver is None]


@pytest.mark.parametrize("stack", ["dev", "test", "prod", "dr"])
def test_a_stack_of_the_platform_passes(stack: str) -> None:
    settled = settled_with_waivers(planned(stack))
    assert refused(settled) == []
    assert settled.errors == []


@pytest.mark.parametrize("stack", ["dev", "test", "prod", "dr"])
def test_a_first_preview_of_a_stack_is_not_refused(stack: str) -> None:
    # No id is known there: what can't be judged is in doubt, and none of it a fault.
    assert refused(settled_with_waivers(planned(stack, preview=True))) == []


@pytest.mark.parametrize("stack", ["dev", "test", "prod", "dr"])
def test_nothing_is_unknown_where_every_id_is_known(stack: str) -> None:
    judgement = judge(planned(stack), profile_of(stack), rules())
    assert [(f.rule.id, f.resource.name, *f.doubts) for f in judgement.of(Verdict.UNKNOWN)] == []


@pytest.mark.parametrize("stack", ["dev", "test", "prod", "dr"])
def test_a_stack_of_the_platform_passes_as_a_whole(stack: str) -> None:
    # The engine has a resource for the stack itself; a recording has none.
    whole = Stack(stack, (Resource(type=STACK, name=stack), *planned(stack).resources))
    judgement = judge(whole, profile_of(stack), [rule for rule in rules() if STACK in rule.types])
    assert judgement.findings
    assert [(f.rule.id, *f.faults, *f.doubts) for f in judgement.findings if f.verdict is not Verdict.PASS] == []
