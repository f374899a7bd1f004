"""Properties that cannot change after a resource was created, read from the model classes of Microsoft's SDKs.

Owns: two clear signs, and nothing else: `visibility` (the field is declared `["read", "create"]`, so no update may
carry it) and `documented` (its description says that it cannot be changed after creation). Property paths are spelled
as Pulumi inputs; a path whose first name is not an input of the type is left out. Only the newest generation of models
has visibility; packages that are still of an older one give nothing, and of a model with kinds only the base is read.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from simulator.arm.generate_naming import arm_type
from simulator.arm.generate_operations import Operation
from simulator.arm.generate_paths import PLACEHOLDER, ArmPath, months_apart

_STATED = re.compile(
    r"\b(?:cannot|can't|can not|may not|must not) be (?:changed|updated|modified|altered)\b[^.]{0,40}"
    r"\b(?:after|once)\b[^.]*\bcreat",
    re.IGNORECASE,
)
_MODEL = re.compile(r"_models\.(\w+)")
_MAX_DEPTH = 4  # models can hold themselves


@dataclass(frozen=True)
class Field:
    """One property of a model, by its name on the wire; `lifted`: clients show what it holds in its place."""

    name: str
    reason: str | None
    model: str | None
    many: bool
    lifted: bool


@dataclass(frozen=True)
class Immutable:
    """What one ARM type does not let change: property path → `visibility` or `documented`.

    A path is `a.b[*].c`, with `[*]` for each item of a list or map.
    """

    properties: dict[str, str]
    source: str


def immutable_properties(matched: Iterable[ArmPath], operations: Iterable[Operation]) -> dict[str, Immutable]:
    """ARM type → its immutable properties, sorted by type."""
    by_shape: defaultdict[str, list[Operation]] = defaultdict(list)
    for operation in operations:
        if operation.method == "PUT" and operation.body is not None and _fields_of(operation.models):
            by_shape[PLACEHOLDER.sub("{}", operation.url.strip("/")).lower()].append(operation)
    found: dict[str, Immutable] = {}
    for row in matched:
        candidates = by_shape[PLACEHOLDER.sub("{}", row.operation.url.strip("/")).lower()]
        name = arm_type(row.path)
        if not candidates or name is None:
            continue
        operation = min(candidates, key=lambda o: months_apart(row.sdk_type, o))
        properties = dict(sorted(_as_inputs(row, operation)))
        if properties:
            found[name] = Immutable({**_known(found, name), **properties}, operation.source)
    return {name: found[name] for name in sorted(found)}


def _known(found: dict[str, Immutable], name: str) -> dict[str, str]:
    return found[name].properties if name in found else {}


def _as_inputs(row: ArmPath, operation: Operation) -> Iterator[tuple[str, str]]:
    """The model's immutable paths, spelled as inputs: Pulumi lifts what ARM wraps in `properties`."""
    inputs = {name.lower(): name for name in row.sdk_type.inputs}
    for path, reason in _walk(_fields_of(operation.models), operation.body, "", 0):
        lifted = path if "properties" in inputs else path.removeprefix("properties.")
        first, dot, rest = lifted.partition(".")
        spelled = inputs.get(first.removesuffix("[*]").lower())
        if spelled is not None:
            yield spelled + ("[*]" if first.endswith("[*]") else "") + dot + rest, reason


def _walk(
    models: dict[str, tuple[Field, ...]], model: str | None, prefix: str, depth: int
) -> Iterator[tuple[str, str]]:
    for item in models.get(model or "", ()):
        path = f"{prefix}{item.name}"
        if item.reason is not None:
            yield path, item.reason
        elif item.model is not None and depth < _MAX_DEPTH:
            inside = prefix if item.lifted and depth > 0 else f"{path}{'[*]' if item.many else ''}."
            yield from _walk(models, item.model, inside, depth + 1)


@cache
def _fields_of(folder: Path) -> dict[str, tuple[Field, ...]]:
    """Model class → its fields with those of its bases; empty where the package is of an older generation."""
    path = folder / "_models.py"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    if "rest_field(" not in text:
        return {}
    classes = {node.name: node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)}
    return {name: tuple(_inherited(name, classes)) for name in classes}


def _inherited(name: str, classes: dict[str, ast.ClassDef]) -> list[Field]:
    node = classes[name]
    fields = {
        item.name: item for base in node.bases if (b := _base(base)) in classes for item in _inherited(b, classes)
    }
    fields |= {item.name: item for item in _own_fields(node)}
    return list(fields.values())


def _base(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _own_fields(node: ast.ClassDef) -> Iterator[Field]:
    flattens = any(isinstance(s, ast.Assign) and ast.unparse(s.targets[0]) == "__flattened_items" for s in node.body)
    for statement, following in zip(node.body, [*node.body[1:], None], strict=True):
        if not isinstance(statement, ast.AnnAssign) or not isinstance(statement.value, ast.Call):
            continue
        if not isinstance(statement.target, ast.Name):
            continue
        keywords = {k.arg: ast.literal_eval(k.value) for k in statement.value.keywords if _is_literal(k.value)}
        text = (
            ast.literal_eval(following.value)
            if isinstance(following, ast.Expr) and _is_literal(following.value)
            else ""
        )
        annotation = ast.unparse(statement.annotation)
        model = _MODEL.search(annotation)
        yield Field(
            str(keywords.get("name", statement.target.id)),
            _reason(keywords.get("visibility"), str(text)),
            None if model is None else model.group(1),
            "list[" in annotation.lower() or "dict[" in annotation.lower(),
            flattens and keywords.get("name", statement.target.id) == "properties",
        )


def _reason(visibility: object, text: str) -> str | None:
    if isinstance(visibility, list) and set(visibility) == {"read", "create"}:
        return "visibility"
    return "documented" if visibility != ["read"] and _STATED.search(" ".join(text.split())) else None


def _is_literal(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant | ast.List)
