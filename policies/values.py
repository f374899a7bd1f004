"""Values of a resource: what is there, what is not there, what nobody knows yet, and what nobody may see.

A property that is absent, one that is null and one that is unknown are different things. Azure Resource Manager takes
null as absent, and so does this. Unknown is what a preview can't tell; a secret is known to Azure and hidden from us.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any, Final


class Marker(Enum):
    """What stands where no value can."""

    ABSENT = "absent"
    UNKNOWN = "unknown"
    SECRET = "secret"  # noqa: S105 - the word, not one

    def __bool__(self) -> bool:
        # `if value:` on an unknown would be a verdict that nobody made.
        raise TypeError(f"{self.value} is neither true nor false")


ABSENT: Final = Marker.ABSENT
UNKNOWN: Final = Marker.UNKNOWN
SECRET: Final = Marker.SECRET


@dataclass
class UnjudgeableError(Exception):
    """A value that can't be judged: where it is (`agentPoolProfiles[1].count`), and why."""

    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path or 'the resource'} {self.reason}"


_STEP: Final = re.compile(r"[^.\[\]]+|\[[^\]]*\]")


@cache
def steps(path: str) -> tuple[str, ...]:
    """`a.b[*].c` as (a, b, [*], c). A key with dots stands in brackets: `annotations[app.kubernetes.io/name]`."""
    return tuple(_STEP.findall(path))


def look_up(value: Any, path: str, at: str = "") -> Any:
    """What stands at `path` in `value`, which itself stands at `at`; ABSENT where nothing does.

    Raises UnjudgeableError where something on the way is unknown, secret or of another shape. Names are matched without
    regard to case where they are not there as written: Azure Resource Manager doesn't regard it either.
    """
    here = at
    for step in steps(path):
        refuse_hidden(value, here)
        if value is None or value is ABSENT:
            return ABSENT
        if not isinstance(value, Mapping):
            raise UnjudgeableError(here, f"is {described(value)}, and an object was expected")
        key = step[1:-1] if step.startswith("[") else step
        here = joined(here, step)
        value = value[key] if key in value else _in_any_case(value, key)
    return ABSENT if value is None else value


def _in_any_case(value: Mapping[str, Any], key: str) -> Any:
    folded = key.lower()
    return next((item for name, item in value.items() if isinstance(name, str) and name.lower() == folded), ABSENT)


def joined(at: str, path: str) -> str:
    """A path below another one."""
    return path if not at else at if not path else f"{at}{path}" if path.startswith("[") else f"{at}.{path}"


def refuse_hidden(value: Any, path: str) -> None:
    """Raises UnjudgeableError for what can't be read."""
    if value is UNKNOWN:
        raise UnjudgeableError(path, "is not known yet")
    if value is SECRET:
        raise UnjudgeableError(path, "is a secret")


def described(value: Any) -> str:
    """A value's kind for a message; never the value itself, which might be a secret written in clear."""
    if isinstance(value, Marker):
        return value.value
    kinds = ((bool, "a boolean"), (str, "a text"), (int | float, "a number"), (Mapping, "an object"))
    return next((name for kind, name in kinds if isinstance(value, kind)), "a list" if is_list(value) else "null")


def is_list(value: Any) -> bool:
    """Whether a value is a list; a text is not one."""
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


def with_value(tree: Any, path: tuple[str, ...], new: Any) -> Any:
    """A copy of `tree` with `new` at a path without wildcards; ABSENT takes the property away."""
    if not path:
        return new
    step, rest = path[0], path[1:]
    if new is ABSENT and not isinstance(tree, Mapping) and not is_list(tree):
        return tree  # there is nothing to take away
    if is_list(tree) and step[1:-1].isdigit() and int(step[1:-1]) < len(tree):
        index = int(step[1:-1])
        changed = with_value(tree[index], rest, new)
        return [*tree[:index], *([] if changed is ABSENT else [changed]), *tree[index + 1 :]]
    key = step[1:-1] if step.startswith("[") else step
    copy = dict(tree) if isinstance(tree, Mapping) else {}
    key = next((name for name in copy if name.lower() == key.lower()), key)
    if new is ABSENT and key not in copy:
        return tree
    changed = with_value(copy.get(key), rest, new)
    if changed is ABSENT:
        copy.pop(key, None)
    else:
        copy[key] = changed
    return copy


def places(tree: Any, path: str) -> Iterator[tuple[str, ...]]:
    """Every concrete path in `tree` that `path` with its wildcards stands for, whether or not its end is there."""
    yield from _places(tree, steps(path), ())


def _places(tree: Any, rest: tuple[str, ...], done: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if not rest:
        yield done
    elif rest[0] != "[*]":
        key = rest[0][1:-1] if rest[0].startswith("[") else rest[0]
        below = tree.get(key, _in_any_case(tree, key)) if isinstance(tree, Mapping) else ABSENT
        yield from _places(below, rest[1:], (*done, rest[0]))
    elif is_list(tree):
        for index, item in enumerate(tree):
            yield from _places(item, rest[1:], (*done, f"[{index}]"))
    elif isinstance(tree, Mapping):
        for key, item in tree.items():
            yield from _places(item, rest[1:], (*done, f"[{key}]"))
