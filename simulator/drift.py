"""Changes behind a program's back: what somebody does in the portal, for a refresh to find.

Owns the change of a stored record. Does not own the rules: somebody with the portal may do what a program may not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from simulator.ids import key
from simulator.soft_delete import bury
from simulator.store import Record, Store, Tombstone


class DriftError(ValueError):
    """A change that can't be made. The message says what is wrong and what there is."""


def set_property(store: Store, resource_id: str, path: str, value: Any) -> Record:
    """Sets the property at a path (`tags.owner`, `agentPoolProfiles[0].count`), as input and as output.

    Members of maps are made where they are missing. What the service computes of a property stays as it was.

    Raises:
        DriftError: when there is no such resource, or no such item of a list.
    """
    with store.transaction():
        record = _found(store, resource_id)
        steps = _steps(path)
        body = _with(record.body, steps, value, path)
        outputs = _with(record.outputs, steps, value, path)
        return store.put(replace(record, body=body, outputs=outputs))


def delete(store: Store, resource_id: str) -> list[Record]:
    """Deletes a resource with everything below it, whatever uses it; answers what went.

    Raises:
        DriftError: when there is no such resource.
    """
    with store.transaction():
        gone = store.remove(_found(store, resource_id).id)
        for record in gone:
            bury(store, record)
        return gone


def purge(store: Store, resource_id: str, today: date | None = None) -> Tombstone:
    """Frees the name of a deleted resource.

    Raises:
        DriftError: when no such resource was deleted, or it may not be purged before its day.
    """
    with store.transaction():
        buried = {key(each.id): each for each in store.tombstones()}
        found = buried.get(key(resource_id))
        if found is None:
            known = "\n    ".join(each.id for each in buried.values())
            raise DriftError(f"{resource_id}: no such deleted resource; there are\n    {known or 'none'}")
        if not found.purgeable and (today if today is not None else date.today()) < found.until:  # noqa: DTZ011
            raise DriftError(
                f"{found.id}: purge protection is on, so the name stays taken until {found.until}; "
                "recover the resource, or use another name"
            )
        for each in buried:
            if f"{each}/".startswith(f"{key(found.id)}/"):
                store.unearth(each)
        return found


def _found(store: Store, resource_id: str) -> Record:
    record = store.get(resource_id)
    if record is None:
        known = "\n    ".join(each.id for each in store.all())
        raise DriftError(f"{resource_id}: no such resource; there are\n    {known or 'none: run `up` first'}")
    return record


def _steps(path: str) -> list[str | int]:
    found = re.findall(r"([^.\[\]]+)|\[(\d+)\]", path)
    if not found or re.sub(r"[^.\[\]]+|\[\d+\]|\.", "", path):
        raise DriftError(f"{path!r} is no path; write it as `tags.owner` or `agentPoolProfiles[0].count`")
    return [name if name else int(index) for name, index in found]


def _with(old: Any, steps: list[str | int], value: Any, path: str) -> Any:
    """A copy of `old` with a value at the end of the steps."""
    if not steps:
        return value
    step, *rest = steps
    if isinstance(step, str) and (old is None or isinstance(old, Mapping)):
        members = dict(old) if old is not None else {}
        return {**members, step: _with(members.get(step), rest, value, path)}
    if isinstance(step, int) and isinstance(old, list) and step < len(old):
        return [_with(item, rest, value, path) if index == step else item for index, item in enumerate(old)]
    raise DriftError(f"{path}: there is nothing at `{step}`; see the property as `pulumi stack export` shows it")
