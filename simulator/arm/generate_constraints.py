"""Limits on the values of request bodies, read from the model classes of Microsoft's SDKs.

Owns: what `_validation` says of a property (ranges, lengths, numbers of items, patterns), for each type that a request
body of the older generation reaches, spelled as Pulumi inputs and checked to be inputs. Does not own: the check itself.
The newest generation of models carries no limits, so the nearest older package is read; one whose API version lies more
than 30 months from the SDK's is not, because services widen their limits. Of a model with kinds only the base is read.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from simulator.arm.generate_naming import arm_type
from simulator.arm.generate_operations import Operation
from simulator.arm.generate_paths import PLACEHOLDER, ArmPath, months_apart
from simulator.catalog import Catalog, Resource, Shape
from simulator.catalog.catalog import Module
from simulator.catalog.scan import Properties

LIMITS = ("minimum", "maximum", "min_length", "max_length", "min_items", "max_items", "pattern")
_MAX_DEPTH = 4  # models can hold themselves
_MAX_MONTHS = 30
# Where the service takes more than its client lets through: both numbers of days may be -1, for the default, as the
# model's own description says (azure-mgmt-loganalytics 13.1.1).
_TOO_NARROW = {
    ("Microsoft.OperationalInsights/workspaces/tables", "retentionInDays"): "minimum",
    ("Microsoft.OperationalInsights/workspaces/tables", "totalRetentionInDays"): "minimum",
}
_TYPE = re.compile(r"^(?P<many>[\[{]*)(?P<name>\w+)[\]}]*$")
_DOT = re.compile(r"(?<!\\)\.")

Limits = dict[str, Any]


@dataclass(frozen=True)
class Field:
    """One property of a model: its steps on the wire, its type as the SDK writes it, and its limits."""

    steps: tuple[str, ...]
    type: str
    limits: Limits
    readonly: bool


@dataclass(frozen=True)
class Constraints:
    """What one ARM type takes: property path (`a.b[*].c`) → limits."""

    properties: dict[str, Limits]
    source: str


def value_constraints(
    matched: Iterable[ArmPath], operations: Iterable[Operation], catalog: Catalog
) -> dict[str, Constraints]:
    """ARM type → limits of its inputs, sorted by type; types of which nothing is known are left out."""
    by_shape: defaultdict[str, list[Operation]] = defaultdict(list)
    for operation in operations:
        if operation.method == "PUT" and operation.body is not None and operation.body in _models(operation.models):
            by_shape[_shape(operation)].append(operation)
    found: dict[str, list[Constraints]] = defaultdict(list)
    for row in matched:
        name, resource = arm_type(row.path), catalog.resource(row.sdk_type.token)
        near = [o for o in by_shape[_shape(row.operation)] if months_apart(row.sdk_type, o) <= _MAX_MONTHS]
        if name is None or resource is None or not near:
            continue
        operation = min(near, key=lambda o: months_apart(row.sdk_type, o))
        found[name].append(Constraints(_limits_of(resource, operation), operation.source))
    shared = {name: Constraints(_shared(name, rows), rows[0].source) for name, rows in found.items()}
    return {name: shared[name] for name in sorted(shared) if shared[name].properties}


def _shape(operation: Operation) -> str:
    return PLACEHOLDER.sub("{}", operation.url.strip("/")).lower()


def _shared(name: str, rows: list[Constraints]) -> dict[str, Limits]:
    """What holds for every Pulumi type of one ARM type: they are kinds of it, and a request doesn't say which."""
    first, *rest = (row.properties for row in rows)
    shared = {path: limits for path, limits in first.items() if all(row.get(path) == limits for row in rest)}
    wide = {
        path: {k: v for k, v in limits.items() if _TOO_NARROW.get((name, path)) != k} for path, limits in shared.items()
    }
    return {path: limits for path, limits in wide.items() if limits}


def _limits_of(resource: Resource, operation: Operation) -> dict[str, Limits]:
    walked = _walk(_models(operation.models), str(operation.body), resource.inputs, resource.module, "", 0)
    return dict(sorted(walked))


def _walk(
    models: Mapping[str, tuple[Field, ...]], model: str, inputs: Properties, module: Module, prefix: str, depth: int
) -> Iterator[tuple[str, Limits]]:
    for item in models[model]:
        followed = None if item.readonly else _follow(item.steps, inputs, module)
        type_match = _TYPE.match(item.type)
        if followed is None or type_match is None:
            continue
        steps, shape = followed
        path = prefix + ".".join(steps)
        if item.limits and (limits := _fitting(item.limits, shape, path)):
            yield path, limits
        for _ in type_match["many"]:
            path, shape = f"{path}[*]", shape[1] if shape[0] in {"list", "map"} else ["any"]
        inside = _members(shape, module)
        if type_match["name"] in models and inside and depth < _MAX_DEPTH:
            yield from _walk(models, type_match["name"], inside, module, f"{path}.", depth + 1)


def _follow(steps: tuple[str, ...], inputs: Properties, module: Module) -> tuple[list[str], Shape] | None:
    """The steps as Pulumi spells them, with the shape of the last; Pulumi lifts what ARM wraps in `properties`."""
    spelled: list[str] = []
    shape: Shape = ["any"]
    for step in steps:
        name = next((name for name in inputs if name.lower() == step.lower()), None)
        if name is None and step == "properties":
            continue
        if name is None:
            return None
        shape = inputs[name]["shape"]
        spelled.append(name)
        inputs = _members(shape, module)
    return (spelled, shape) if spelled else None


def _members(shape: Shape, module: Module) -> Properties:
    """The properties of an object; of a union those of all its members, because only their base is read."""
    if shape[0] == "object":
        return module.object(shape[1])
    if shape[0] == "union":
        return {name: declared for member in shape[1:] for name, declared in _members(member, module).items()}
    return {}


def _fitting(limits: Limits, shape: Shape, path: str) -> Limits:
    """The limits that say something of values of this shape."""
    kinds = {"list": ("min_items", "max_items"), "int": ("minimum", "maximum"), "float": ("minimum", "maximum")}
    taken: tuple[str, ...] = kinds.get(shape[0], ())
    if shape[0] == "str":
        taken = ("min_length", "max_length", "pattern") if _usable(limits.get("pattern"), path) else LIMITS[2:4]
    return {limit: limits[limit] for limit in LIMITS if limit in taken and limit in limits}


def _usable(pattern: str | None, path: str) -> bool:
    """Whether Python reads a pattern, and it is not one of ids, whose form the reference check knows better."""
    if pattern is None or path.lower().endswith(("id", "ids", "uri", "url")) or "providers" in pattern.lower():
        return False
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


@cache
def _models(folder: Path) -> dict[str, tuple[Field, ...]]:
    """Model class → its fields with those of its bases; empty where the package is not of the older generation."""
    path = next((p for name in ("_models_py3.py", "_models.py") if (p := folder / name).exists()), None)
    text = "" if path is None else path.read_text(encoding="utf-8")
    if "_attribute_map" not in text:
        return {}
    classes = {node.name: node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)}
    return {name: tuple(_fields(name, classes)) for name in classes}


def _fields(name: str, classes: Mapping[str, ast.ClassDef]) -> Iterator[Field]:
    keys, limits = _declared(name, classes, "_attribute_map"), _declared(name, classes, "_validation")
    for attribute, key in keys.items():
        said = limits.get(attribute, {})
        yield Field(
            tuple(step.replace("\\.", ".") for step in _DOT.split(key["key"])),
            key["type"],
            {limit: said[limit] for limit in LIMITS if limit in said},
            said.get("readonly") is True,
        )


def _declared(name: str, classes: Mapping[str, ast.ClassDef], table: str) -> dict[str, Any]:
    """A table of a class over those of its bases."""
    node = classes[name]
    found: dict[str, Any] = {}
    for base in node.bases:
        if isinstance(base, ast.Name) and base.id in classes:
            found |= _declared(base.id, classes, table)
    for statement in node.body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == table:
            found |= ast.literal_eval(statement.value)
    return found
