"""Who leads to whom in a stack: from ids where they are known, from the engine's dependencies where they are not.

Owns the indexes of references, each made once for a stack. In a first preview no id is known; that a property depends
on a resource is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from policies.resource import Resource, Stack
from policies.values import UNKNOWN, UnjudgeableError, is_list, look_up, steps

# Properties may hold themselves (a hostile file); nothing of Azure is as deep as this.
_DEPTH: Final = 24
_ARM_ID: Final = re.compile(r"/subscriptions/[^\s\"'\]]+", re.IGNORECASE)


def texts_in(value: Any, depth: int = _DEPTH) -> Iterator[Any]:
    """Every text within a value, and UNKNOWN for each part that is not known."""
    if isinstance(value, str) or value is UNKNOWN:
        yield value
    elif depth > 0 and is_list(value):
        for item in value:
            yield from texts_in(item, depth - 1)
    elif depth > 0 and isinstance(value, Mapping):
        for item in value.values():
            yield from texts_in(item, depth - 1)


def dependencies(stack: Stack, holder: Resource, path: str) -> tuple[Resource, ...]:
    """The resources that a property depends on, whether or not its value is known."""
    urns = holder.dependencies.get(steps(path)[0], ())
    return tuple(one for urn in urns if (one := stack.with_urn(urn)) is not None)


def behind(stack: Stack, holder: Resource, path: str) -> tuple[Resource, ...]:
    """The resources that a property leads to: by the ids in it, and by what its unknown parts depend on.

    Raises UnjudgeableError where a part is not known and nothing tells what it depends on.
    """
    found: dict[str, Resource] = {}
    hidden = False
    for text in texts_in(look_up(holder.properties, path)):
        if text is UNKNOWN:
            hidden = True
        elif (one := stack.with_id(text)) is not None:
            found[one.key] = one
    if hidden:
        known = dependencies(stack, holder, path)
        if not known:
            raise UnjudgeableError(path, "is not known yet")
        found.update((one.key, one) for one in known)
    return tuple(found.values())


@dataclass(frozen=True)
class _Index:
    """Holders by the key of what they lead to, and the doubts about those that can't be followed."""

    by_target: dict[str, list[Resource]] = field(default_factory=dict)
    doubts: list[UnjudgeableError] = field(default_factory=list)

    def add(self, holder: Resource, targets: Iterable[Resource]) -> None:
        for target in targets:
            self.by_target.setdefault(target.key, []).append(holder)

    def holders(self, target: Resource) -> tuple[Resource, ...]:
        found = tuple(self.by_target.get(target.key, ()))
        if not found and self.doubts:
            raise self.doubts[0]
        return found


def leading_to(stack: Stack, target: Resource, type_: str, path: str) -> tuple[Resource, ...]:
    """The resources of a type whose property leads to `target`.

    Raises UnjudgeableError where none does and one of them can't be followed: that one might.
    """
    return stack.once(("leading", type_, path), lambda: _leading(stack, type_, path)).holders(target)


def _leading(stack: Stack, type_: str, path: str) -> _Index:
    index = _Index()
    for holder in stack.of(type_):
        try:
            index.add(holder, behind(stack, holder, path))
        except UnjudgeableError as error:
            index.doubts.append(error)
    return index


def named(stack: Stack, holder: Resource, path: str, type_: str, own: str) -> tuple[Resource, ...]:
    """The resources of a type that a property names: by what it depends on, else by the name in their property `own`.

    Raises UnjudgeableError where the name is not known and nothing tells what it depends on.
    """
    known = tuple(one for one in dependencies(stack, holder, path) if one.type == type_)
    if known:
        return known
    name = look_up(holder.properties, path)
    if name is UNKNOWN:
        raise UnjudgeableError(path, "is not known yet")
    if not isinstance(name, str):
        return ()
    found = stack.once(("named", type_, own), lambda: _names(stack, type_, own)).get(name.lower(), ())
    return tuple(one for one in found if _may_share_group(one, holder))


def _names(stack: Stack, type_: str, own: str) -> Mapping[str, list[Resource]]:
    by_name: dict[str, list[Resource]] = {}
    for one in stack.of(type_):
        name = one.properties.get(own)
        if isinstance(name, str):
            by_name.setdefault(name.lower(), []).append(one)
    return by_name


def _may_share_group(one: Resource, other: Resource) -> bool:
    """Whether two resources may be in one resource group: names are only different within it."""
    first, second = (each.properties.get("resourceGroupName") for each in (one, other))
    return not isinstance(first, str) or not isinstance(second, str) or first.lower() == second.lower()


def naming(stack: Stack, target: Resource, type_: str, path: str, own: str) -> tuple[Resource, ...]:
    """The resources of a type whose property names `target`, whose own name stands in `own`.

    Raises UnjudgeableError where none does and one of them can't be followed.
    """
    key = ("naming", type_, path, target.type, own)
    return stack.once(key, lambda: _naming(stack, type_, path, target.type, own)).holders(target)


def _naming(stack: Stack, type_: str, path: str, target_type: str, own: str) -> _Index:
    index = _Index()
    for holder in stack.of(type_):
        try:
            index.add(holder, named(stack, holder, path, target_type, own))
        except UnjudgeableError as error:
            index.doubts.append(error)
    return index


def users_of(stack: Stack, target: Resource) -> tuple[Resource, ...]:
    """Every resource that has the id of `target` in a property or above its own, or depends on it through one."""
    return tuple(stack.once("users", lambda: _users(stack)).get(target.key, ()))


def _users(stack: Stack) -> Mapping[str, list[Resource]]:
    found: dict[str, list[Resource]] = {}
    for holder in stack.resources:
        for key in _used_by(stack, holder) - {holder.key}:
            found.setdefault(key, []).append(holder)
    return found


def _used_by(stack: Stack, holder: Resource) -> set[str]:
    urns = (urn for those in holder.dependencies.values() for urn in those)
    keys = {one.key for urn in urns if (one := stack.with_urn(urn)) is not None}
    for text in (holder.id, *texts_in(holder.properties)):
        for arm_id in _ARM_ID.findall(text) if isinstance(text, str) else ():
            parts = arm_id.split("/")
            # The id of what lies in a resource names that resource as well.
            above = ("/".join(parts[:end]) for end in range(5, len(parts) + 1))
            keys.update(one.key for one_id in above if (one := stack.with_id(one_id)) is not None)
    return keys
