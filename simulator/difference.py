"""What azure-native would do with a change: update in place, or replace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from simulator.ids import MissingParameterError, PathTemplate
from simulator.model import normal_location
from simulator.values import UNKNOWN, Path, dotted, reveal

Kind = Literal["add", "delete", "update"]


@dataclass(frozen=True)
class Change:
    """One input that differs; `replaces` when the resource can't keep its identity through the change."""

    path: Path
    kind: Kind
    replaces: bool = False


def changes(
    old: Mapping[str, Any], new: Mapping[str, Any], template: PathTemplate, replacing: frozenset[str]
) -> list[Change]:
    """How inputs differ, and which differences replace the resource: parts of its id and the inputs in `replacing`."""
    found = [change for change in _compare(reveal(old), reveal(new), ()) if not _same_location(change, old, new)]
    return [Change(change.path, change.kind, _replaces(change.path, template, replacing)) for change in found]


def delete_before_replace(new: Mapping[str, Any], old_id: str, template: PathTemplate) -> bool:
    """Whether the old resource must go first: the new one would have its id."""
    try:
        new_id = template.build(reveal(new))
    except MissingParameterError:
        return False
    return isinstance(new_id, str) and new_id.lower() == old_id.lower()


def _replaces(path: Path, template: PathTemplate, replacing: frozenset[str]) -> bool:
    names = dotted(tuple(step for step in path if isinstance(step, str)))
    return path[0] in template.parameters or any(names == fixed or names.startswith(f"{fixed}.") for fixed in replacing)


def _same_location(change: Change, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    if change.path != ("location",) or change.kind != "update":
        return False
    before, after = reveal(old)["location"], reveal(new)["location"]
    return isinstance(before, str) and isinstance(after, str) and normal_location(before) == normal_location(after)


def _compare(old: Any, new: Any, path: Path) -> Iterator[Change]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in {**old, **new}:
            yield from _member(old.get(name), new.get(name), (*path, name))
    elif isinstance(old, list) and isinstance(new, list):
        for index in range(max(len(old), len(new))):
            before = old[index] if index < len(old) else None
            after = new[index] if index < len(new) else None
            yield from _member(before, after, (*path, index))
    elif new is UNKNOWN or type(old) is not type(new) or old != new:
        yield Change(path, "update")


def _member(old: Any, new: Any, path: Path) -> Iterator[Change]:
    if old is None and new is None:
        return
    if old is None:
        yield Change(path, "add")
    elif new is None:
        yield Change(path, "delete")
    else:
        yield from _compare(old, new, path)
