"""Resources as rules see them, whatever they were read from: a preview, a state, an ARM template, a manifest.

Owns their form; who refers to whom is asked of `policies.references`. Properties have the names of the azure-native
SDK's inputs (for objects of Kubernetes: those of its API); readers (`review`) bring other forms to that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, TypeVar

from policies.view import View

STACK: Final = "pulumi:pulumi:Stack"
WORKFLOW: Final = "github:actions:Workflow"
"""The pseudo type of a workflow file, so that the same engine judges it."""

_Made = TypeVar("_Made")
_VERSION: Final = re.compile(r"^azure-native:(\w+)/v(\d{8}\w*):")
# Groups of Kubernetes that serve objects of the same form under several versions, each with the one that rules name.
_SERVED: Final = {
    "helm.toolkit.fluxcd.io": "v2",
    "kueue.x-k8s.io": "v1beta2",
    "source.toolkit.fluxcd.io": "v1",
}
_GROUP: Final = re.compile(r"^kubernetes:([^/:]+)/v\w+:")


def unversioned(token: str) -> str:
    """A type token without the API version that some programs pin: `azure-native:storage/v20230101:BlobContainer`.

    Objects of Kubernetes have a version always; where a group serves several, the one that rules name.
    """
    if found := _GROUP.match(token):
        version = _SERVED.get(found[1])
        return token if version is None else f"kubernetes:{found[1]}/{version}:{token[found.end() :]}"
    return _VERSION.sub(r"azure-native:\1:", token)


def pinned_version(token: str) -> str:
    """The API version that a type token pins (`20230101preview`); empty where the SDK chooses."""
    found = _VERSION.match(token)
    return found[2] if found else ""


@dataclass(frozen=True)
class Place:
    """Where a resource is declared: a file relative to the project, and a line from 1."""

    file: str
    line: int


@dataclass(frozen=True, kw_only=True)
class Resource:
    """One resource.

    `id`: its ARM id; None where it is not known. `protect`, `ignore_changes`: options of Pulumi; None where it was read
    from something that has none. `dependencies`: URNs (ids, where it was read from something that has none) by the
    property that carries them. `api_version`: the one that it was written for; empty where the SDK chooses it.
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
    api_version: str = ""

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

    @cached_property
    def _made(self) -> dict[Hashable, Any]:
        return {}

    def once(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        """What `make` answers, made once for this stack: an index that many rules ask."""
        if key not in self._made:
            self._made[key] = make()
        made: _Made = self._made[key]
        return made

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
        """The resource with this URN; in what has none, as a template, the one with this id."""
        return self._by_urn.get(urn) or self.with_id(urn)
