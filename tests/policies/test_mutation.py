"""Rules bite: every fault that a rule names, put into everything of prod that passes, makes that rule fail."""

from __future__ import annotations

import pytest

from policies.catalogue import rules
from policies.mutation import outcomes
from policies.rule import Rule
from tests.policies.planned import planned, profile_of


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_every_fault_is_found_by_its_rule_and_by_no_other(rule: Rule) -> None:
    found = list(outcomes(rule, planned("prod"), profile_of("prod"), rules()))
    assert found, "none of the rule's faults can be put anywhere"
    assert [(one.subject, one.title) for one in found if not one.killed] == []
    assert {(one.title, one.others) for one in found if one.others} == set()
