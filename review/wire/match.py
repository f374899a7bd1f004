"""Brings the SDK's inputs and the models of a request together: where each input lies in the body.

Owns the match. The SDK lifts the members of `properties` one level up where the API's description says so, and calls
some of them by the name that the description gives to clients. Nothing else is looked for: an input that a model lacks
(it may be of another API version) is placed beside its siblings and said to be assumed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from facts.wire_names import BESIDE
from review.wire.go_models import Field, Models, Request
from review.wire.spelling import letters
from simulator.catalog import Resource, Shape
from simulator.catalog.catalog import Module
from simulator.catalog.scan import Properties

HOLDERS = ("properties", "typeProperties")
# Objects within objects that the SDK leaves out, such as `destination` of a data export: how deep they are looked for.
_DEEPEST = 3
_PART = re.compile(r"\{[^{}]*\}")


@dataclass
class Names:
    """Where the inputs of one object lie: `paths` by input, with slashes; `sets`: lists that are maps on the wire.

    `assumed`: inputs that the model lacks.
    """

    paths: dict[str, str] = field(default_factory=dict)
    sets: set[str] = field(default_factory=set)
    assumed: set[str] = field(default_factory=set)


@dataclass
class Matched:
    """What is known so far: resources by token, objects by module and name."""

    resources: dict[str, Names] = field(default_factory=dict)
    objects: dict[tuple[str, str], Names] = field(default_factory=dict)


def request_of(path: str, models: Models) -> Request | None:
    """The request that writes to a path: PUT before PATCH, the most alike path first."""
    fitting = [request for request in models.requests if _fits(request.path, path)]
    return min(fitting, key=lambda one: (one.verb != "Put", one.path.count("{"), one.body), default=None)


def _fits(published: str, path: str) -> bool:
    ours, theirs = path.lower().strip("/").split("/"), published.lower().strip("/").split("/")
    pairs = zip(ours, theirs, strict=False)
    return len(ours) == len(theirs) and all(
        one == other or _PART.fullmatch(one) or _PART.fullmatch(other) for one, other in pairs
    )


def match_resource(resource: Resource, path: str, request: Request, models: Models, matched: Matched) -> None:
    """Adds a resource and the objects below it."""
    named = set(_names_in(path))
    inputs = {name: declared for name, declared in resource.inputs.items() if name not in named}
    matcher = _Matcher(models, resource.module, matched)
    matched.resources[resource.token] = matcher.names(inputs, _plain(request.body), top=True)


def _names_in(path: str) -> Iterator[str]:
    yield from re.findall(r"\{(\w+)\}", path)


def _plain(go_type: str) -> str:
    """The structure in `[]*X`, `map[string]*X`, `XClassification`."""
    return re.sub(r"^(?:\[\]|map\[string\]|\*)+", "", go_type).removesuffix("Classification")


@dataclass
class _Matcher:
    models: Models
    module: Module
    matched: Matched

    def names(self, properties: Properties, struct: str, *, top: bool = False) -> Names:
        """Where each of `properties` lies in a structure."""
        fields = self.models.structs.get(struct, ())
        found = Names()
        lost = []
        for name, declared in properties.items():
            place = self._find(name, fields, properties)
            if place is None:
                lost.append(name)
                continue
            path, member = place
            if path != name:
                found.paths[name] = path
            if declared["shape"][0] == "list" and member.type.startswith("map["):
                found.sets.add(name)
            self._below(declared["shape"], member.type)
        holder = next((one.wire for one in fields if one.wire in HOLDERS and one.wire not in properties), None)
        held = top or any(path.startswith(f"{holder}/") for path in found.paths.values())
        for name in lost:
            found.assumed.add(name)
            if holder is not None and held and not (top and name in BESIDE):
                found.paths[name] = f"{holder}/{name}"
            self._below(properties[name]["shape"], "")
        return found

    def _find(self, name: str, fields: tuple[Field, ...], properties: Properties) -> tuple[str, Field] | None:
        """The path and the member; one that Azure only answers with is taken last."""
        candidates = sorted(self._candidates(name, fields, properties), key=lambda each: each[:3])
        return candidates[0][2:] if candidates else None

    def _candidates(
        self, name: str, fields: tuple[Field, ...], properties: Properties, depth: int = 1
    ) -> Iterator[tuple[bool, int, str, Field]]:
        for one in fields:
            likeness = _likeness(name, one)
            if likeness is not None:
                yield one.read_only, likeness, one.wire, one
            # The SDK has what these hold one level up; what it has an input for, it has left as it is.
            lifted = one.wire in HOLDERS or (one.wire not in properties and not one.read_only)
            if lifted and depth < _DEEPEST and "[" not in one.type:
                away = 1 if one.wire in HOLDERS else 10
                for below in self._candidates(name, self._of(one.type), properties, depth + 1):
                    yield below[0], below[1] + away, f"{one.wire}/{below[2]}", below[3]

    def _of(self, go_type: str) -> tuple[Field, ...]:
        return self.models.structs.get(_plain(go_type), ())

    def _below(self, shape: Shape, go_type: str) -> None:
        kind = shape[0]
        if kind == "object":
            self._object(shape[1], go_type)
        for inner in shape[1:] if kind in {"list", "map", "union"} else ():
            self._below(inner, go_type)

    def _object(self, name: str, go_type: str) -> None:
        key = (self.module.name, name)
        same = self.models.by_letters.get(letters(name))
        struct = same if same is not None else _plain(go_type)
        if key in self.matched.objects:
            return
        if struct not in self.models.structs:
            return
        # Noted before its members are looked at: some objects hold themselves.
        self.matched.objects[key] = Names()
        self.matched.objects[key] = self.names(self.module.object(name), struct)


def _likeness(name: str, one: Field) -> int | None:
    """How little a member's name differs from an input's: as written, in its letters, or by its name for clients."""
    if one.wire == name:
        return 0
    if letters(one.wire) == letters(name):
        return 2
    return 3 if letters(one.name) == letters(name) else None


def differing(names: Mapping[Any, Names]) -> dict[Any, Names]:
    """The objects that differ from what lies on the wire."""
    return {key: one for key, one in names.items() if one.paths or one.sets}
