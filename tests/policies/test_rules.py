"""Every rule is proven by its own examples: good, bad, absent and unknown ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from policies.catalogue import rules
from policies.example import context_of, run
from policies.judge import judge
from policies.rule import ABSENT, ANY, Break, Example, Property, Rule, StackBreak, Verdict
from policies.values import UNKNOWN, places, with_value

RULES = pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)


def verdict(rule: Rule, example: Example) -> Verdict | None:
    finding = run(rule, example)
    return None if finding is None else finding.verdict


@RULES
def test_good_examples_pass(rule: Rule) -> None:
    assert rule.good
    found = {example.title or number: run(rule, example) for number, example in enumerate(rule.good)}
    assert {title: (f.faults, f.doubts) for title, f in found.items() if f and f.verdict is not Verdict.PASS} == {}
    assert any(f is not None for f in found.values()), "no good example to which the rule applies"


@RULES
def test_bad_examples_fail(rule: Rule) -> None:
    assert rule.bad
    found = [verdict(rule, example) for example in rule.bad]
    assert found == [Verdict.FAIL] * len(found)


@RULES
def test_a_bad_example_has_one_fault_and_says_where(rule: Rule) -> None:
    for example in rule.bad:
        finding = run(rule, example)
        assert finding is not None
        for fault in finding.faults:
            assert fault.message
            assert not fault.message.endswith(".")
            assert not fault.message[0].isupper() or fault.message[:2].isupper()


def having(rule: Rule, wanted: Property) -> Iterator[tuple[Example, tuple[str, ...]]]:
    """The good examples in which a property can be changed, and each place where it stands."""
    for example in rule.good:
        type_ = example.type or rule.types[0]
        if (wanted.of and type_ not in wanted.of) or run(rule, example) is None:
            continue
        for place in places(example.properties, wanted.path):
            if with_value(example.properties, place, ABSENT) != example.properties:
                yield example, place


def with_property(example: Example, place: tuple[str, ...], value: object) -> Example:
    return replace(example, properties=with_value(example.properties, place, value))


@RULES
def test_an_absent_property_is_judged_by_what_azure_takes_for_it(rule: Rule) -> None:
    for wanted in rule.properties:
        found = {verdict(rule, with_property(example, place, ABSENT)) for example, place in having(rule, wanted)}
        assert found, f"no good example has {wanted.path}"
        assert wanted.absent in found, f"{wanted.path} absent: {found}"
        assert found <= {wanted.absent, Verdict.PASS, None}, f"{wanted.path} absent: {found}"


@RULES
def test_an_unknown_property_is_neither_a_pass_nor_a_failure(rule: Rule) -> None:
    for wanted in rule.properties:
        found = {verdict(rule, with_property(example, place, UNKNOWN)) for example, place in having(rule, wanted)}
        assert wanted.unknown in found, f"{wanted.path} unknown: {found}"
        assert Verdict.FAIL not in found, f"{wanted.path} unknown: {found}"


@RULES
def test_null_is_judged_as_absent(rule: Rule) -> None:
    for wanted in rule.properties:
        for example, place in having(rule, wanted):
            assert verdict(rule, with_property(example, place, None)) == verdict(
                rule, with_property(example, place, ABSENT)
            )


@RULES
def test_a_rule_leaves_other_types_alone(rule: Rule) -> None:
    if rule.types == (ANY,):
        pytest.skip("reads every type")
    context = context_of(rule, rule.bad[0])
    other = replace(context.resource, type="azure-native:example:LookAlike")
    stack = replace(context.stack, resources=(other,))
    assert judge(stack, context.profile, [rule]).findings == ()


@RULES
def test_a_rule_with_properties_can_be_broken(rule: Rule) -> None:
    assert rule.breaks, "no fault to prove that it bites"


@RULES
def test_a_rule_says_why_and_how_to_mend_it(rule: Rule) -> None:
    for text in (rule.why, rule.fix):
        assert len(text) >= 40
        assert text.endswith(".")
    assert not rule.title.endswith(".")
    assert rule.link.startswith("https://")
    assert rule.controls
    assert len(set(rule.controls)) == len(rule.controls)


# Properties that no fault can be put into by itself, and what shows them instead.
SHOWN_OTHERWISE = {
    ("AML-007", "properties.properties.vmPriority"): "only dev's profile demands it: a bad example of dev",
    ("ST-007", "allowSharedKeyAccess"): "it decides whether the rule applies",
}


@RULES
def test_every_property_that_a_rule_reads_is_broken_by_one_of_its_faults(rule: Rule) -> None:
    broken = [fault.path for fault in rule.breaks if isinstance(fault, Break)]
    whole = any(isinstance(fault, StackBreak) for fault in rule.breaks)
    untouched = [
        each.path
        for each in rule.properties
        if (rule.id, each.path) not in SHOWN_OTHERWISE
        and not any(each.path.startswith(path) or path.startswith(each.path) for path in broken)
    ]
    assert whole or untouched == []
