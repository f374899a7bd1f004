"""A request as the services read it: enum values in the spelling that the SDK declares, empty ones left out.

ARM compares enum values without regard to case, and an empty text stands for no value: AKS takes a networkPluginMode
`Overlay` and an empty networkPolicy (Azure/AKS-Construction, read 2026-11-25). Owns what the rules see. Does not own
what a program wrote, which is kept as it is, nor whether a value is one of the enum (`simulator.conformity`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.catalog import Shape
from simulator.catalog.catalog import Module
from simulator.catalog.scan import Properties

# AKS tells the case of a pool's mode apart since 2025 (Azure/AKS CHANGELOG, checked 2026-11-25).
_EXACT = frozenset({"AgentPoolMode"})


def as_read(properties: Properties, value: Mapping[str, Any], module: Module) -> dict[str, Any]:
    """The inputs of an object in the declared spelling."""
    found = {}
    for name, child in value.items():
        shape = properties[name]["shape"] if name in properties else None
        if shape is None or not _is_empty(shape, child):
            found[name] = child if shape is None else _spelled(shape, child, module)
    return found


def _is_empty(shape: Shape, value: Any) -> bool:
    return value == "" and (shape[0] == "enum" or (shape[0] == "union" and any(m[0] == "enum" for m in shape[1:])))


def _spelled(shape: Shape, value: Any, module: Module) -> Any:
    kind = shape[0]
    if kind == "enum" and isinstance(value, str) and shape[1] not in _EXACT:
        return next((each for each in module.enum(shape[1]) if str(each).lower() == value.lower()), value)
    if kind == "object" and isinstance(value, Mapping):
        return as_read(module.object(shape[1]), value, module)
    if kind == "list" and isinstance(value, list):
        return [_spelled(shape[1], item, module) for item in value]
    if kind == "map" and isinstance(value, Mapping):
        return {name: _spelled(shape[1], child, module) for name, child in value.items()}
    if kind == "union" and isinstance(value, str):
        enums = (member for member in shape[1:] if member[0] == "enum")
        return next((each for member in enums if (each := _spelled(member, value, module)) != value), value)
    return value
