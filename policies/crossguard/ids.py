"""Ids that the engine does not hand over: those of what is only previewed, as the resources that hold them write them.

The provider may foresee an id where the engine has none yet. Then a property holds a text that leads to no resource of
the stack, although the engine says on which it depends; so that text is the resource's id, where type and name fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from policies.references import texts_in
from policies.resource import Resource


def with_ids(resources: Iterable[Resource]) -> tuple[Resource, ...]:
    """The resources, each with its id where others tell it; where they tell different ones it has none."""
    every = tuple(resources)
    nameless = {one.urn: one for one in every if one.id is None}
    told: dict[str, set[str]] = {}
    for urn, arm_id in chain.from_iterable(_told_by(holder) for holder in every):
        if urn in nameless and _fits(nameless[urn], arm_id):
            told.setdefault(urn, set()).add(arm_id.rstrip("/"))
    found = {urn: min(ids) for urn, ids in told.items() if len({one.lower() for one in ids}) == 1}
    return tuple(replace(one, id=found[one.urn]) if one.urn in found else one for one in every)


def _told_by(holder: Resource) -> Iterator[tuple[str, str]]:
    """Each resource that a property depends on, with each id in that property."""
    for name, urns in holder.dependencies.items():
        ids = [text for text in texts_in(holder.properties.get(name)) if isinstance(text, str) and text[:1] == "/"]
        yield from ((urn, one) for urn in urns for one in ids)


def _fits(one: Resource, arm_id: str) -> bool:
    """Whether an id can be a resource's: Azure answers with its type, and its name or its parent's is in its id."""
    kind, name = one.properties.get("type"), one.properties.get("name")
    if not isinstance(kind, str) or not isinstance(name, str):
        return False
    provider, *rest = arm_id.lower().rstrip("/").rpartition("/providers/")[2].split("/")
    if not provider:  # "/subscriptions/…/resourceGroups/…": no provider makes a group
        provider, rest = "microsoft.resources", rest[2:]
    return "/".join([provider, *rest[::2]]) == kind.lower() and name.lower().rpartition("/")[2] in rest[1::2]
