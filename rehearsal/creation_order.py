"""In which order the resources that a recorded failure lists are created."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.ids import key
from simulator.paths import path_of
from simulator.references import references


def in_order(related: Sequence[Mapping[str, Any]], main: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The listed resources and the case's own, `main`: last but for those that lie in it or refer to it."""
    after: list[Mapping[str, Any]] = [main]
    open_ones = [item for item in related if not _refers(main, item)]
    while found := [item for item in open_ones if item not in after and _waits_for(item, after)]:
        after.extend(found)
    later = [item for item in related if item in after]
    return [*(item for item in related if item not in later), main, *later]


def _waits_for(item: Mapping[str, Any], others: Sequence[Mapping[str, Any]]) -> bool:
    return any(_lies_in(item, other) or _refers(item, other) for other in others)


def _lies_in(item: Mapping[str, Any], main: Mapping[str, Any]) -> bool:
    """Whether a resource lies in `main`. One that `main` declares itself can't be created any more once `main` is."""
    own, found = id_of(main), id_of(item)
    if own is None or found is None or not found.startswith(f"{own}/"):
        return False
    segment, name = found.removeprefix(f"{own}/").split("/")[:2]
    inputs = main.get("inputs") or {}
    declared = next((value for member, value in inputs.items() if member.lower() == segment), None)
    listed = declared if isinstance(declared, list) else []
    return not any(str(each.get("name")).lower() == name for each in listed if isinstance(each, Mapping))


def _refers(item: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether a resource names another by its id or by one below it."""
    wanted = id_of(other)
    found = [key(value) for _, value in references(item.get("inputs") or {})]
    return wanted is not None and any(f"{value}/".startswith(f"{wanted}/") for value in found)


def id_of(item: Mapping[str, Any]) -> str | None:
    """The id that a listed resource gets, as ids are compared; `None` where its path or its name isn't known."""
    try:
        built = path_of(item["token"]).build(item.get("inputs") or {})
    except KeyError:
        return None
    return key(built) if isinstance(built, str) else None
