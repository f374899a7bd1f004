"""What is in doubt hides no fault beside it: a rule that stops at the first doubt would say less than it knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from policies.catalogue import rules
from policies.example import run
from policies.rule import Example, Rule, Verdict
from policies.values import UNKNOWN, steps, with_value

# Rules that look at a list as a whole: what one item is says what the others have to be.
WHOLE_LISTS = frozenset(
    {
        "AKS-019",  # the cluster's version is that of each pool
        "AKS-021",  # which pools are system pools
        "AKS-027",
        "AML-017",
        "BCK-003",  # one of the lifecycles copies
        "BCK-004",
        "CI-002",
        "CI-003",  # the last owner counts
        "IAM-020",  # each kind of rule is there
        "KV-006",  # one action rotates
        "MON-004",  # categories together
        "MON-010",
    }
)
_LATER = re.compile(r"\[[1-9]\d*\]")


def unknown_before(rule: Rule, example: Example) -> Iterator[Example]:
    """The example with the first item of a list unknown, for each list in which a later item is at fault."""
    finding = run(rule, example)
    for fault in () if finding is None else finding.faults:
        for found in _LATER.finditer(fault.path):
            first = (*steps(fault.path[: found.start()]), "[0]")
            changed = with_value(example.properties, first, UNKNOWN)
            if changed != example.properties:
                yield replace(example, properties=changed)


@pytest.mark.parametrize("rule", [one for one in rules() if one.id not in WHOLE_LISTS], ids=lambda rule: rule.id)
def test_an_item_in_doubt_hides_no_fault_of_another(rule: Rule) -> None:
    found = [run(rule, one) for example in rule.bad for one in unknown_before(rule, example)]
    assert [one.verdict for one in found if one is not None] == [Verdict.FAIL] * len(found)


def test_lists_are_among_the_examples() -> None:
    assert sum(1 for rule in rules() for example in rule.bad for _ in unknown_before(rule, example)) > 100
