"""Every rule is proven by its own examples: good, bad, absent and unknown ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from policies.catalogue import rules
from policies.example import context_of, mutants, run
from policies.judge import judge
from policies.rule import ABSENT, ANY, Example, Property, Rule, Scope, Verdict
from policies.values import UNKNOWN, is_list, look_up, places, with_value
from stacks.fields import leaves

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


@pytest.mark.parametrize("rule", [one for one in rules() if one.types != (ANY,)], ids=lambda rule: rule.id)
def test_a_rule_leaves_other_types_alone(rule: Rule) -> None:
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


# Properties that no fault changes, and what shows that the rule reads them.
SHOWN_OTHERWISE = {
    ("AML-007", "properties.properties.vmPriority"): "only dev's profile demands it: a bad example of dev",
    ("ST-007", "allowSharedKeyAccess"): "it decides whether the rule applies",
}


def values_at(tree: object, path: str) -> list[object]:
    """What stands in every place that a path stands for."""
    return [value_at(tree, place) for place in places(tree, path)]


def value_at(tree: Any, place: tuple[str, ...]) -> object:
    for step in place:
        if is_list(tree):
            index = int(step[1:-1])
            tree = tree[index] if index < len(tree) else ABSENT
        else:
            tree = look_up(tree, step) if isinstance(tree, Mapping) else ABSENT
    return tree


def changed_by_a_fault(rule: Rule, wanted: Property) -> bool:
    """Whether one of the rule's faults, put into one of its good examples, changes the property."""
    for example in rule.good:
        context = context_of(rule, example)
        before = context.resource.properties
        if wanted.of and context.resource.type not in wanted.of:
            continue
        for mutant in mutants(rule, context.stack, context.resource):
            if values_at(before, wanted.path) != values_at(mutant.resource.properties, wanted.path):
                return True
    return False


# The faults of the others may change what their properties lead to, and not these.
@pytest.mark.parametrize("rule", [one for one in rules() if one.scope is Scope.RESOURCE], ids=lambda rule: rule.id)
def test_every_property_that_a_rule_reads_is_changed_by_one_of_its_faults(rule: Rule) -> None:
    untouched = {(rule.id, each.path) for each in rule.properties if not changed_by_a_fault(rule, each)}
    assert untouched == {key for key in SHOWN_OTHERWISE if key[0] == rule.id}


def test_every_setting_that_a_rule_names_is_one_of_a_stack() -> None:
    held = [path for path, _ in leaves()]
    known = {".".join(path[:length]) for path in held for length in range(1, len(path) + 1)}
    named = {
        (rule.id, setting)
        for rule in rules()
        for listed in re.findall(r"\(settings: ([^)]*)\)", rule.fix)
        for setting in listed.split(", ")
    }
    assert len(named) > 50
    assert {one for one in named if one[1] not in known} == set()
