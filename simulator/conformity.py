"""Whether a value has the shape that the SDK declares: unknown properties, wrong types, missing values, bad enum
values.

Not the provider but ARM refuses an enum value, so values that ARM takes and the SDK's enum lacks are none of the bad
ones. Unknown values conform to everything, secrets are looked into, and `None` is an absent property, as on Pulumi's
wire.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from simulator.arm.enums import added_values, is_list, is_open
from simulator.catalog import Shape
from simulator.catalog.catalog import Module
from simulator.catalog.scan import Properties
from simulator.values import UNKNOWN, Path, Secret, dotted

_TYPES: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "str": ("a string", lambda value: isinstance(value, str)),
    "bool": ("true or false", lambda value: isinstance(value, bool)),
    "int": ("a whole number", lambda value: isinstance(value, int) and not isinstance(value, bool)),
    "float": ("a number", lambda value: isinstance(value, int | float) and not isinstance(value, bool)),
}


@dataclass(frozen=True)
class Problem:
    """One way in which inputs differ from the SDK's declaration."""

    path: Path
    reason: str

    def __str__(self) -> str:
        return f"{dotted(self.path)}: {self.reason}" if self.path else self.reason


@dataclass(frozen=True)
class _Type:
    """The type whose inputs are looked at, with the objects and enums of its module."""

    token: str
    module: Module

    def allowed(self, enum: str, path: Path) -> list[Any]:
        """Every value that the enum's property takes."""
        return [*self.module.enum(enum), *added_values(self.token, path)]


def problems(properties: Properties, value: Mapping[str, Any], module: Module, owner: str) -> list[Problem]:
    """Every problem of the inputs `value` of the type `owner`, in the order of the inputs."""
    return list(_object(properties, value, _Type(owner, module), owner, ()))


def _object(
    properties: Properties, value: Mapping[str, Any], within: _Type, owner: str, path: Path
) -> Iterator[Problem]:
    # Programs pass a whole `SubnetArgs` where the SDK wants `SubResourceArgs`: azure-native sends its id alone.
    is_reference = set(properties) == {"id"} and value.get("id") is not None
    for name, child in value.items():
        if name not in properties:
            if not is_reference:
                yield Problem((*path, name), _no_such_property(name, properties, owner))
        elif child is not None:
            yield from _value(properties[name]["shape"], child, within, (*path, name))
            yield from _constant(properties[name], child, (*path, name))
    for name, declared in properties.items():
        if declared.get("required") and value.get(name) is None:
            yield Problem((*path, name), f"required by {owner} and missing; expected {describe(declared['shape'])}")


def _no_such_property(name: str, properties: Properties, owner: str) -> str:
    close = closest(name, properties)
    hint = f'did you mean "{close}"?' if close else f"it takes {', '.join(sorted(properties)) or 'none'}"
    return f"{owner} has no property of that name; {hint}"


def _constant(declared: Mapping[str, Any], value: Any, path: Path) -> Iterator[Problem]:
    expected = declared.get("constant")
    if expected is not None and isinstance(value, str) and value.lower() != str(expected).lower():
        yield Problem(path, f'"{value}" is not allowed; the only value is "{expected}"')


def _value(shape: Shape, value: Any, within: _Type, path: Path) -> Iterator[Problem]:
    if isinstance(value, Secret):
        yield from _secret(shape, value.value, within, path)
        return
    if value is UNKNOWN or value is None:
        return
    kind = shape[0]
    if kind in _TYPES:
        expected, conforms = _TYPES[kind]
        if not conforms(value):
            yield Problem(path, f"expected {expected}, got {describe_value(value)}")
    elif kind in _CONTAINERS:
        yield from _CONTAINERS[kind](shape, value, within, path)


def _secret(shape: Shape, value: Any, within: _Type, path: Path) -> Iterator[Problem]:
    """One problem that says nothing of the value: reasons quote values, and paths the keys of maps."""
    if any(_value(shape, value, within, path)):
        allowed = f": {', '.join(map(str, within.allowed(shape[1], path)))}" if shape[0] == "enum" else ""
        yield Problem(path, f"the value, which is secret, does not fit; expected {describe(shape)}{allowed}")


def _list(shape: Shape, value: Any, within: _Type, path: Path) -> Iterator[Problem]:
    if not isinstance(value, list):
        yield Problem(path, f"expected {describe(shape)}, got {describe_value(value)}")
        return
    for index, item in enumerate(value):
        yield from _value(shape[1], item, within, (*path, index))


def _map(shape: Shape, value: Any, within: _Type, path: Path) -> Iterator[Problem]:
    if not isinstance(value, Mapping):
        yield Problem(path, f"expected {describe(shape)}, got {describe_value(value)}")
        return
    for key, item in value.items():
        yield from _value(shape[1], item, within, (*path, key))


def _nested(shape: Shape, value: Any, within: _Type, path: Path) -> Iterator[Problem]:
    if not isinstance(value, Mapping):
        yield Problem(path, f"expected {describe(shape)}, got {describe_value(value)}")
        return
    yield from _object(within.module.object(shape[1]), value, within, shape[1], path)


def _enum(shape: Shape, value: Any, within: _Type, path: Path) -> Iterator[Problem]:
    known = within.module.enum(shape[1])
    if not known:
        return
    if isinstance(value, bool) or not isinstance(value, type(known[0])):
        yield Problem(path, f"expected {describe(shape)}, got {describe_value(value)}")
        return
    # ARM compares enum values without regard to case, and takes `SystemAssigned, UserAssigned` with and without the
    # space; an empty text is no value (see `simulator.spelling`). What is no failure in Azure is none here.
    if value == "" or folded(value) in map(folded, known):
        return
    allowed = within.allowed(shape[1], path)
    given = folded(value).split(",") if is_list(within.token, path) else [folded(value)]
    if set(given) <= set(map(folded, allowed)) or is_open(within.token, path):
        return
    close = closest(str(value), map(str, allowed))
    hint = f'did you mean "{close}"? ' if close else ""
    yield Problem(path, f'"{value}" is not {describe(shape)}; {hint}allowed: {", ".join(map(str, allowed))}')


def folded(value: Any) -> str:
    """A value as ARM compares it: without regard to case and spaces."""
    return str(value).lower().replace(" ", "")


def _union(shape: Shape, value: Any, within: _Type, path: Path) -> Iterator[Problem]:
    members = shape[1:]
    if isinstance(value, Mapping) and (chosen := _discriminated(members, value, within)) is not None:
        members = chosen
        if not members:
            yield Problem(path, _no_such_kind(shape, within))
            return
    attempts = [list(_value(member, value, within, path)) for member in members]
    yield from min(attempts, key=len)


def _discriminators(members: list[Shape], within: _Type) -> dict[str, list[Shape]]:
    """Members by their constant property and its value, as `type=FQDN`."""
    found: dict[str, list[Shape]] = {}
    for member in members:
        for name, declared in within.module.object(member[1]).items() if member[0] == "object" else ():
            if "constant" in declared:
                found.setdefault(f"{name}={declared['constant']}".lower(), []).append(member)
    return found


def _discriminated(members: list[Shape], value: Mapping[str, Any], within: _Type) -> list[Shape] | None:
    """The members that the value's constants choose; none of them; or `None` when the value doesn't say."""
    table = _discriminators(members, within)
    names = {key.split("=")[0]: None for key in table}
    said = [(name, child) for name, child in value.items() if name.lower() in names and isinstance(child, str)]
    if not said:
        return None
    return [member for name, child in said for member in table.get(f"{name}={child}".lower(), [])]


def _no_such_kind(shape: Shape, within: _Type) -> str:
    kinds = sorted(_discriminators(shape[1:], within))
    return f"none of the kinds that are allowed here: {', '.join(kinds)}"


_CONTAINERS: dict[str, Callable[[Shape, Any, _Type, Path], Iterator[Problem]]] = {
    "list": _list,
    "map": _map,
    "object": _nested,
    "enum": _enum,
    "union": _union,
}


def describe(shape: Shape) -> str:
    """A shape in words, for messages."""
    kind = shape[0]
    if kind in _TYPES:
        return _TYPES[kind][0]
    if kind == "list":
        return f"a list, each item {describe(shape[1])}"
    if kind == "map":
        return f"a map, each value {describe(shape[1])}"
    if kind == "union":
        return " or ".join(describe(member) for member in shape[1:])
    if kind in {"object", "enum"}:
        return f"{'an' if shape[1][0] in 'AEIOU' else 'a'} {shape[1]}"
    return "an asset or archive" if kind == "asset" else "any value"


def describe_value(value: Any) -> str:
    """What a value is, without printing what it holds: a wrongly typed value may be a secret of the user's."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, str):
        return "a string"
    return "a list" if isinstance(value, list) else "an object"


def closest(name: str, valid: Iterator[str] | Mapping[str, Any] | list[str]) -> str | None:
    """The valid name nearest to `name`, ignoring case; `None` when nothing is near."""
    by_lower = {candidate.lower(): candidate for candidate in valid}
    found = get_close_matches(name.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[found[0]] if found else None
