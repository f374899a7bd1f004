"""Resources as rules see them, whatever they were read from: a preview, a state, an ARM template, a manifest.

Owns their form and the questions of who refers to whom. Properties have the names of the azure-native SDK's inputs (for
objects of Kubernetes: those of its API); readers (`review`) bring other forms to that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from policies.values import ABSENT, UNKNOWN, UnjudgeableError, is_list, look_up, steps
from policies.view import View

STACK: Final = "pulumi:pulumi:Stack"
WORKFLOW: Final = "github:actions:Workflow"
"""The pseudo type of a workflow file, so that the same engine judges it."""

_VERSION: Final = re.compile(r"^azure-native:(\w+)/v\d{8}\w*:")


def unversioned(token: str) -> str:
    """A type token without the API version that some programs pin: `azure-native:storage/v20230101:BlobContainer`."""
    return _VERSION.sub(r"azure-native:\1:", token)


@dataclass(frozen=True)
class Place:
    """Where a resource is declared: a file relative to the project, and a line from 1."""

    file: str
    line: int


@dataclass(frozen=True, kw_only=True)
class Resource:
    """One resource.

    `id`: its ARM id; None where it is not known. `protect`, `ignore_changes`: options of Pulumi; None where it was read
    from something that has none. `dependencies`: URNs by the property that carries them.
    """

    type: str
    name: str
    properties: Mapping[str, Any] = field(default_factory=dict)
    urn: str = ""
    id: str | None = None
    protect: bool | None = None
    ignore_changes: tuple[str, ...] | None = None
    dependencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parent: str = ""
    place: Place | None = None

    @property
    def key(self) -> str:
        """What tells it from others: its URN, else its type and name."""
        return self.urn or f"{self.type}::{self.name}"

    def view(self) -> View:
        """Its properties, to be read with `absent=` given each time."""
        return View(self.properties)


@dataclass(frozen=True)
class Stack:
    """All resources that are judged together."""

    name: str
    resources: tuple[Resource, ...]

    @cached_property
    def _by_type(self) -> Mapping[str, tuple[Resource, ...]]:
        found: dict[str, list[Resource]] = {}
        for resource in self.resources:
            found.setdefault(resource.type, []).append(resource)
        return {type_: tuple(those) for type_, those in found.items()}

    @cached_property
    def _by_id(self) -> Mapping[str, Resource]:
        return {one.id.lower().rstrip("/"): one for one in self.resources if one.id is not None}

    @cached_property
    def _by_urn(self) -> Mapping[str, Resource]:
        return {one.urn: one for one in self.resources if one.urn}

    def of(self, *types: str) -> Iterator[Resource]:
        """The resources of these types."""
        for type_ in types:
            yield from self._by_type.get(type_, ())

    @property
    def types(self) -> frozenset[str]:
        """The types of all its resources."""
        return frozenset(self._by_type)

    def with_id(self, arm_id: str) -> Resource | None:
        """The resource with this ARM id, in any case."""
        return self._by_id.get(arm_id.lower().rstrip("/"))

    def with_urn(self, urn: str) -> Resource | None:
        """The resource with this URN."""
        return self._by_urn.get(urn)

    def refers(self, holder: Resource, path: str, target: Resource) -> bool:
        """Whether a text (or one of the texts) at `path` in `holder` is the id of `target`.

        In a preview of something new, ids are not known; then the engine's property dependencies tell: one that leads
        to a single resource of the target's type is that reference. Raises UnjudgeableError where nothing tells.
        """
        found = look_up(holder.properties, path)
        candidates = list(_texts(found))
        if any(candidate is UNKNOWN for candidate in candidates):
            return self._depends(holder, path, target)
        if target.id is None:
            return bool(candidates) and self._depends(holder, path, target)
        return any(str(one).lower().rstrip("/") == target.id.lower().rstrip("/") for one in candidates)

    def _depends(self, holder: Resource, path: str, target: Resource) -> bool:
        urns = holder.dependencies.get(steps(path)[0], ())
        if target.urn not in urns:
            if urns or holder.urn:
                return False
            raise UnjudgeableError(path, "is not known yet")
        same_type = [urn for urn in urns if (one := self._by_urn.get(urn)) is not None and one.type == target.type]
        if len(same_type) == 1:
            return True
        raise UnjudgeableError(path, "is not known yet")

    def referring(self, target: Resource, type_: str, path: str) -> list[Resource]:
        """Resources of a type whose text at `path` is the id of `target`. Raises UnjudgeableError as `refers` does."""
        return [holder for holder in self.of(type_) if self.refers(holder, path, target)]

    def referred(self, holder: Resource, path: str) -> Resource | None:
        """The resource of this stack whose id stands at `path` in `holder`; None where it is no resource of the stack.

        Raises UnjudgeableError where the id is not known and no dependency tells.
        """
        found = look_up(holder.properties, path)
        if found is ABSENT:
            return None
        if isinstance(found, str):
            return self.with_id(found)
        known = [one for urn in holder.dependencies.get(steps(path)[0], ()) if (one := self._by_urn.get(urn))]
        if found is UNKNOWN and len(known) == 1:
            return known[0]
        raise UnjudgeableError(path, "is not known yet")


def _texts(value: Any) -> Iterator[Any]:
    if isinstance(value, str) or value is UNKNOWN:
        yield value
    elif is_list(value):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)


def mentions(value: Any, needle: str) -> bool:
    """Whether a text within `value`, at any depth, contains `needle`, in any case; unknown parts don't count."""
    return any(needle.lower() in one.lower() for one in _texts(value) if isinstance(one, str))
