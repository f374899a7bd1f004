"""Faults that a single value at a single path can't express: several at once, or only where something else holds."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from policies.resource import Resource, Stack
from policies.rule import StackBreak
from policies.values import places, with_value
from policies.view import View


def changing(
    title: str,
    *changes: tuple[str, Any],
    where: Callable[[View], bool] | None = None,
    companions: tuple[str, ...] = (),
) -> StackBreak:
    """Every change in every place that its path stands for, where `where` holds; none where it changes nothing."""

    def change(stack: Stack, resource: Resource) -> Stack | None:
        if where is not None and not where(resource.view()):
            return None
        properties = resource.properties
        for path, value in changes:
            for place in places(properties, path):
                properties = with_value(properties, place, value)
        if properties == resource.properties:
            return None
        return having(stack, resource, replace(resource, properties=properties))

    return StackBreak(title, change, companions)


def having(stack: Stack, old: Resource, new: Resource) -> Stack:
    """The stack with one resource in the place of another."""
    return replace(stack, resources=tuple(new if one is old else one for one in stack.resources))


def adding(stack: Stack, *further: Resource) -> Stack:
    """The stack with further resources."""
    return replace(stack, resources=(*stack.resources, *further))


def having_properties(stack: Stack, old: Resource, **properties: Any) -> Stack:
    """The stack with other properties in one resource."""
    return having(stack, old, replace(old, properties={**old.properties, **properties}))


def without(
    title: str, doomed: Callable[[Stack, Resource], Collection[Resource]], companions: tuple[str, ...] = ()
) -> StackBreak:
    """The resources that `doomed` names are taken away; no fault where it names none."""

    def change(stack: Stack, resource: Resource) -> Stack | None:
        gone = {one.key for one in doomed(stack, resource)}
        return replace(stack, resources=tuple(one for one in stack.resources if one.key not in gone)) if gone else None

    return StackBreak(title, change, companions)
