"""Between the SDK's inputs and the body of a request, both ways, by the table of names (`facts.wire_names`).

What nobody knows and nobody may see has no place in a body: it is left out and listed. The other way round nothing is
lost: a member that the SDK has no name for keeps its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from facts.wire_names import BESIDE, WireNames, object_names, resource_names
from policies.values import ABSENT, UNKNOWN, Marker, is_list, joined
from review.wire.spelling import letters
from simulator.catalog import Resource, Shape
from simulator.catalog.catalog import Module
from simulator.catalog.scan import Properties
from simulator.paths import template_of


@dataclass
class Body:
    """A body, and the inputs that are not in it: path in the SDK's names -> why."""

    content: dict[str, Any]
    left_out: dict[str, Marker] = field(default_factory=dict)


def body_inputs(resource: Resource) -> Properties:
    """The inputs that make the body: all but those that make the path."""
    named = set(template_of(resource).parameters)
    return {name: declared for name, declared in resource.inputs.items() if name not in named}


def _names(resource: Resource, properties: Properties) -> WireNames:
    return resource_names(resource.token, frozenset(properties))


# To the wire.


def to_wire(resource: Resource, inputs: Mapping[str, Any]) -> Body:
    """The body of the request that makes a resource with these inputs."""
    properties = body_inputs(resource)
    named = set(resource.inputs) - set(properties)
    body = Body({})
    given = {name: value for name, value in inputs.items() if name not in named}
    body.content = _write(given, properties, _names(resource, properties), resource.module, "", body.left_out)
    return body


def _write(
    value: Mapping[str, Any],
    properties: Properties,
    names: WireNames,
    module: Module,
    at: str,
    left_out: dict[str, Marker],
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, child in value.items():
        here = joined(at, name)
        shape = properties[name]["shape"] if name in properties else ["any"]
        written = _written(child, shape, module, here, left_out)
        if written is ABSENT:
            continue
        if name in names.sets and is_list(written):
            written = {str(item): {} for item in written}
        steps = names.paths.get(name, (name,))
        holder = found
        for step in steps[:-1]:
            holder = holder.setdefault(step, {})
        holder[steps[-1]] = written
    return found


def _written(value: Any, shape: Shape, module: Module, at: str, left_out: dict[str, Marker]) -> Any:
    if isinstance(value, Marker):
        if value is not ABSENT:
            left_out[at] = value
        return ABSENT
    if value is None:
        return ABSENT
    kind = shape[0]
    if kind == "union":
        return _written(value, _member(value, shape[1:], module), module, at, left_out)
    if isinstance(value, Mapping):
        properties = module.object(shape[1]) if kind == "object" else {}
        if kind == "map":
            properties = {str(name): {"shape": shape[1]} for name in value}
        names = object_names(module.name, shape[1]) if kind == "object" else WireNames()
        return _write(value, properties, names, module, at, left_out)
    if is_list(value):
        inner = shape[1] if kind == "list" else ["any"]
        items = (_written(item, inner, module, f"{at}[{index}]", left_out) for index, item in enumerate(value))
        return [item for item in items if item is not ABSENT]
    return _scalar(value, kind)


def _scalar(value: Any, kind: str) -> Any:
    """Numbers come as floats from the engine; a text of a boolean stays one unless Azure wants the boolean."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if kind == "bool" and isinstance(value, str) and value.lower() in {"true", "false"}:
        return value.lower() == "true"
    return value


# From the wire.


def to_sdk(resource: Resource, body: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs that a body stands for. What lies flat where Azure nests it is taken as well."""
    properties = body_inputs(resource)
    return _read(body, properties, _names(resource, properties), resource.module)


def _read(value: Mapping[str, Any], properties: Properties, names: WireNames, module: Module) -> dict[str, Any]:
    places = {tuple(step.lower() for step in names.paths.get(name, (name,))): name for name in properties}
    found: dict[str, Any] = {}
    _descend(value, (), places, properties, found)
    return {
        name: _read_value(child, properties[name]["shape"], name in names.sets, module) if name in properties else child
        for name, child in found.items()
    }


def _descend(
    value: Mapping[str, Any],
    prefix: tuple[str, ...],
    places: Mapping[tuple[str, ...], str],
    properties: Properties,
    found: dict[str, Any],
) -> None:
    """Puts every member under the input's name. `prefix`: where `value` lies."""
    for member, child in value.items():
        here = (*prefix, str(member).lower())
        name = places.get(here) or _alike(here, member, places, properties)
        below = {place: each for place, each in places.items() if place[: len(here)] == here and len(place) > len(here)}
        if name is not None:
            found.setdefault(name, child)
        elif below and isinstance(child, Mapping):
            _descend(child, here, places, properties, found)
        elif below and child is not None:
            # What holds them can't be read, so none of them can.
            for each in below.values():
                found.setdefault(each, child if isinstance(child, Marker) else UNKNOWN)
        else:
            found.setdefault(str(member), child)


def _alike(
    here: tuple[str, ...], member: str, places: Mapping[tuple[str, ...], str], properties: Properties
) -> str | None:
    """The input that is spelled a little differently, or lies elsewhere."""
    wanted = letters(member)
    beside = (name for place, name in places.items() if place[:-1] == here[:-1] and letters(place[-1]) == wanted)
    found = next(beside, None)
    if found is not None or member.lower() in BESIDE or any(place[: len(here)] == here for place in places):
        return found
    elsewhere = ((place[-1], name) for place, name in places.items())
    named = ((name, name) for name in properties)
    return next((name for spelled, name in (*named, *elsewhere) if letters(spelled) == wanted), None)


def _read_value(value: Any, shape: Shape, is_set: bool, module: Module) -> Any:
    kind = shape[0]
    if is_set and isinstance(value, Mapping):
        return list(value)
    if kind == "union":
        return _read_value(value, _member(value, shape[1:], module, of_wire=True), is_set, module)
    if kind == "object" and isinstance(value, Mapping):
        return _read(value, module.object(shape[1]), object_names(module.name, shape[1]), module)
    if kind == "map" and isinstance(value, Mapping):
        return {name: _read_value(child, shape[1], False, module) for name, child in value.items()}
    if kind == "list" and is_list(value):
        return [_read_value(item, shape[1], False, module) for item in value]
    return value


# Unions.


def _member(value: Any, shapes: list[Shape], module: Module, *, of_wire: bool = False) -> Shape:
    """The member of a union whose constants a value has, and that knows most of its names."""
    if not isinstance(value, Mapping):
        return next((shape for shape in shapes if (shape[0] == "list") == is_list(value)), ["any"])
    objects = [shape for shape in shapes if shape[0] == "object"]
    return min(objects, key=lambda shape: _strangeness(value, shape, module, of_wire), default=["any"])


def _strangeness(value: Mapping[str, Any], shape: Shape, module: Module, of_wire: bool) -> tuple[int, int]:
    properties = module.object(shape[1])
    members = _read(value, properties, object_names(module.name, shape[1]), module) if of_wire else value
    wrong = sum(_is_other(declared, members.get(name)) for name, declared in properties.items())
    return wrong, sum(name not in properties for name in members)


def _is_other(declared: Mapping[str, Any], value: Any) -> bool:
    constant = declared.get("constant")
    return constant is not None and str(value).lower() != str(constant).lower()
