"""The shape of a value as the SDK declares it: a small, serialisable type language.

A shape is a list, so that it costs nothing to store: `["str"]`, `["int"]`, `["float"]`, `["bool"]`, `["any"]`,
`["asset"]`, `["list", S]`, `["map", S]`, `["object", name]`, `["enum", name]`, `["union", S, …]`. Names are those of
the SDK without the suffix `Args` or `Response`.
"""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import Any

Shape = list[Any]

_SCALARS = {"str": "str", "int": "int", "float": "float", "bool": "bool", "Any": "any"}
_ASSETS = {"Asset", "Archive", "AssetOrArchive"}


@lru_cache(maxsize=65_536)
def _parse(annotation: str) -> ast.expr:
    return ast.parse(annotation, mode="eval").body


def shape_of(annotation: str) -> tuple[Shape, bool]:
    """The shape of an SDK annotation such as `pulumi.Input[Optional[_builtins.str]]`, and whether it is optional.

    Raises ValueError for an annotation that the SDK's generator is not known to write.
    """
    node = _parse(annotation)
    optional = False
    while isinstance(node, ast.Subscript) and _name(node.value) in {"Input", "Output", "Optional"}:
        optional = optional or _name(node.value) == "Optional"
        node = node.slice
    return _shape(node), optional


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _shape(node: ast.expr) -> Shape:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return _named(node.value)
    if isinstance(node, ast.Subscript):
        return _generic(_name(node.value), node.slice)
    name = _name(node)
    if name in _SCALARS:
        return [_SCALARS[name]]
    if name in _ASSETS:
        return ["asset"]
    raise ValueError(f"not an annotation that the SDK writes: {ast.unparse(node)}")


def _generic(name: str, inner: ast.expr) -> Shape:
    if name in {"Input", "Output", "Optional"}:
        return _shape(inner)
    if name == "Sequence":
        return ["list", _shape(inner)]
    if name == "Mapping" and isinstance(inner, ast.Tuple):
        return ["map", _shape(inner.elts[1])]
    if name == "Union" and isinstance(inner, ast.Tuple):
        members = [_shape(element) for element in inner.elts]
        enums = [member for member in members if member[0] == "enum"]
        # `Union[str, 'OSSKU']` is an enum that the service may extend: the known values are what this API version
        # takes.
        if enums and all(member[0] in {"enum", "str", "float", "int"} for member in members):
            return enums[0]
        return ["union", *members]
    raise ValueError(f"not an annotation that the SDK writes: {name}[{ast.unparse(inner)}]")


def _named(text: str) -> Shape:
    name = text.rsplit(".", 1)[-1]
    if name in _SCALARS:
        return [_SCALARS[name]]
    if name.endswith("Args"):
        return ["object", name.removesuffix("Args")]
    if text.startswith("outputs."):
        return ["object", name]
    return ["enum", name]
