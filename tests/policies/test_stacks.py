"""No false alarms: what the platform's own stacks would be refused for."""

from __future__ import annotations

import pytest

from policies.catalogue import rules
from policies.judge import judge
from policies.rule import Verdict
from tests.policies.planned import planned, profile_of


@pytest.mark.parametrize("stack", ["dev", "test", "prod", "dr"])
def test_a_stack_of_the_platform_passes(stack: str) -> None:
    judgement = judge(planned(stack), profile_of(stack), rules())
    failing = [(f.rule.id, f.resource.name, *f.faults) for f in judgement.of(Verdict.FAIL)]
    assert failing == []


@pytest.mark.parametrize("stack", ["dev", "test", "prod", "dr"])
def test_nothing_is_unknown_where_every_id_is_known(stack: str) -> None:
    judgement = judge(planned(stack), profile_of(stack), rules())
    assert [(f.rule.id, f.resource.name, *f.doubts) for f in judgement.of(Verdict.UNKNOWN)] == []
