"""What stands in a namespace: found, taken away, shown in examples."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from policies.resource import Resource, Stack
from policies.rules.kubernetes._pods import namespace
from policies.values import UnjudgeableError


def within(stack: Stack, name: str, type_: str) -> list[Resource]:
    """The objects of a type in a namespace. Raises UnjudgeableError where a namespace is not known."""
    if not name:
        raise UnjudgeableError("metadata.name", "is chosen by Pulumi, and so not known yet")
    return [one for one in stack.of(type_) if namespace(one.view()) == name]


def own(type_: str, name: str, spec: dict[str, Any], namespace_: str = "team") -> Resource:
    """An object in a namespace, for examples."""
    return Resource(type=type_, name=name, properties={"metadata": {"namespace": namespace_}, "spec": spec})


def of_namespace(type_: str) -> Callable[[Stack, Resource], list[Resource]]:
    """What a fault takes away: everything of a type in the namespace that is judged."""

    def those(stack: Stack, resource: Resource) -> list[Resource]:
        return within(stack, resource.view().text("metadata.name", absent=""), type_)

    return those
