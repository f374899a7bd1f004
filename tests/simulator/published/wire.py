"""Between what goes over ARM's wire and what the SDK has: names, and the members of `properties` one level up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.catalog import Shape
from simulator.catalog.catalog import Module
from simulator.catalog.scan import Properties

# Names that the SDK has changed, as the API's own description does for it (`x-ms-client-name`).
_RENAMED = {
    "networkAcls": "networkRuleSet",
    "supportsHttpsTrafficOnly": "enableHttpsTrafficOnly",
    "isNfsV3Enabled": "enableNfsV3",
    "Application_Type": "applicationType",
}
# What holds the rest of a body on the wire; the SDK has its members one level up.
_HOLDERS = ("properties", "typeProperties")
_KINDS = {bool: "bool", int: "number", float: "number", str: "str", list: "list", dict: "map"}


@dataclass
class Converted:
    """A body in the SDK's names; `lost`: the paths on the wire that the SDK has no name for."""

    body: dict[str, Any]
    lost: list[str] = field(default_factory=list)


def to_sdk(body: Mapping[str, Any], properties: Properties, module: Module) -> Converted:
    """A body of ARM as the SDK declares it."""
    converted = Converted({})
    converted.body.update(_object(body, properties, module, "", converted.lost))
    return converted


def _object(
    value: Mapping[str, Any], properties: Properties, module: Module, path: str, lost: list[str]
) -> dict[str, Any]:
    names = {_letters(name): name for name in properties}
    found: dict[str, Any] = {}
    for member, child in value.items():
        name = member if member in properties else names.get(_letters(_RENAMED.get(member, member)))
        below = f"{path}.{member}".lstrip(".")
        if child is None:
            continue
        if name is not None:
            found[name] = _value(child, properties[name]["shape"], module, below, lost)
        elif member in _HOLDERS and isinstance(child, Mapping):
            inner = _object(child, properties, module, path, lost)
            found.update({each: inner[each] for each in inner if each not in found})
        else:
            lost.append(below)
    return found


def _value(value: Any, shape: Shape, module: Module, path: str, lost: list[str]) -> Any:
    kind = shape[0]
    if kind == "object" and isinstance(value, Mapping):
        return _object(value, module.object(shape[1]), module, path, lost)
    if kind == "list" and isinstance(value, list):
        return [_value(item, shape[1], module, path, lost) for item in value if item is not None]
    if kind == "list" and isinstance(value, Mapping):
        # A set of texts is a map with empty values on the wire and a list in the SDK.
        return list(value)
    if kind == "map" and isinstance(value, Mapping):
        return {name: _value(child, shape[1], module, path, lost) for name, child in value.items() if child is not None}
    if kind == "union":
        return _one_of(value, shape[1:], module, path, lost)
    return int(value) if kind == "int" and isinstance(value, float) and value.is_integer() else value


def _one_of(value: Any, shapes: list[Any], module: Module, path: str, lost: list[str]) -> Any:
    """The value as the member of a union whose constants it has, and of which it loses least."""
    best: tuple[tuple[int, int], Any, list[str]] | None = None
    for shape in shapes:
        gone: list[str] = []
        converted = _value(value, shape, module, path, gone)
        wrong = len(value) if isinstance(value, Mapping) else 0
        if shape[0] == "object" and isinstance(converted, Mapping):
            wrong = sum(_is_other(declared, converted.get(name)) for name, declared in module.object(shape[1]).items())
        if best is None or (wrong, len(gone)) < best[0]:
            best = ((wrong, len(gone)), converted, gone)
    assert best is not None, "a union has members"
    lost.extend(best[2])
    return best[1]


def _is_other(declared: Mapping[str, Any], value: Any) -> bool:
    constant = declared.get("constant")
    return constant is not None and str(value).lower() != str(constant).lower()


def _letters(name: str) -> str:
    """`Application_Type` and `applicationType` are one name, `scale-down-delay` and `scaleDownDelay` as well."""
    return re.sub("[^a-z0-9]", "", name.lower())


def kinds(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """The dotted paths in a value with their kinds; items of lists share one path, and so do those of maps of ids."""
    if path:
        yield path, _KINDS.get(type(value), "unknown")
    if isinstance(value, Mapping):
        for name, child in value.items():
            member = "*" if "/" in name else name
            if child is not None:
                yield from kinds(child, f"{path}.{member}".lstrip("."))
    elif isinstance(value, list):
        for item in value:
            yield from kinds(item, f"{path}[*]")


def objects_of(shape: Shape, module: Module) -> Iterator[Properties]:
    """The objects that a value of a shape may be, through lists, maps and unions."""
    if shape[0] == "object":
        yield module.object(shape[1])
    for inner in shape[1:] if shape[0] in {"list", "map", "union"} else ():
        yield from objects_of(inner, module)
