"""Running a rule's examples and faults: for the tests that prove it, and for its page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from policies.judge import Finding, judge_one
from policies.profile import Level, profile
from policies.resource import Resource, Stack
from policies.rule import Break, Context, Example, Rule, StackBreak
from policies.values import places, with_value


def context_of(rule: Rule, example: Example) -> Context:
    """The resource of an example, with what stands around it."""
    type_ = example.type or rule.types[0]
    options: dict[str, Any] = {
        "name": "example",
        "urn": f"urn:pulumi:{example.environment}::platform::{type_}::example",
        "protect": False,
        "ignore_changes": (),
        **example.options,
    }
    resource = Resource(type=type_, properties=example.properties, **options)
    chosen = profile(example.environment, example.classification).having(example.parameters)
    return Context(resource, Stack(example.environment, (resource, *example.others)), chosen)


def run(rule: Rule, example: Example) -> Finding | None:
    """What the rule says of its example; None where it does not apply."""
    return judge_one(rule, context_of(rule, example), Level.MANDATORY)


@dataclass(frozen=True)
class Mutant:
    """A stack with one fault in it, which the rule must find in `resource`. `title`: the fault and its place."""

    fault: Break | StackBreak
    title: str
    stack: Stack
    resource: Resource
    companions: tuple[str, ...]


def mutants(rule: Rule, stack: Stack, resource: Resource) -> Iterator[Mutant]:
    """Every fault of the rule that can be put into a resource: in each place that a wildcard stands for, one a time."""
    for fault in rule.breaks:
        if isinstance(fault, StackBreak):
            changed = fault.change(stack, resource)
            if changed is not None:
                own = next((one for one in changed.resources if one.key == resource.key), resource)
                yield Mutant(fault, fault.title, changed, own, fault.companions)
        elif (not fault.of or resource.type in fault.of) and (fault.where is None or fault.where(resource.properties)):
            yield from _mutants(fault, stack, resource)


def _mutants(fault: Break, stack: Stack, resource: Resource) -> Iterator[Mutant]:
    for place in places(resource.properties, fault.path):
        properties = with_value(resource.properties, place, fault.value)
        if properties != resource.properties:
            broken = replace(resource, properties=properties)
            resources = tuple(broken if one is resource else one for one in stack.resources)
            yield Mutant(fault, f"{'.'.join(place)} broken", Stack(stack.name, resources), broken, fault.companions)
