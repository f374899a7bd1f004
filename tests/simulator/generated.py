"""Inputs drawn from the catalogue's own shapes: what the SDK would let a program write."""

from __future__ import annotations

from random import Random
from typing import Any

from simulator.catalog import Resource
from simulator.catalog.catalog import Module
from simulator.catalog.scan import Properties
from simulator.values import UNKNOWN, Secret

_DEEPEST = 5
_SCALARS: dict[str, Any] = {
    "str": "text",
    "int": 7,
    "float": 2.5,
    "bool": False,
    "any": {"free": ["form"]},
    "asset": {"4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", "text": "x"},
}


def inputs_of(resource: Resource, random: Random) -> dict[str, Any]:
    """All required inputs of a type and some of the others."""
    return _object(resource.inputs, resource.module, random, 0)


def _object(properties: Properties, module: Module, random: Random, depth: int) -> dict[str, Any]:
    return {
        name: declared["constant"] if "constant" in declared else _value(declared["shape"], module, random, depth)
        for name, declared in properties.items()
        if declared.get("required") or (depth < _DEEPEST and random.random() < 1 / (depth + 2))
    }


def _value(shape: list[Any], module: Module, random: Random, depth: int) -> Any:
    if depth > 2 * _DEEPEST or random.random() < 0.05:
        return UNKNOWN
    drawn = _drawn(shape, module, random, depth)
    return Secret(drawn) if random.random() < 0.05 else drawn


def _drawn(shape: list[Any], module: Module, random: Random, depth: int) -> Any:
    kind = shape[0]
    if kind in {"list", "map"}:
        length = random.randrange(3) if depth < _DEEPEST else 0
        items = [_value(shape[1], module, random, depth + 1) for _ in range(length)]
        return items if kind == "list" else {f"key{index}": item for index, item in enumerate(items)}
    if kind == "object":
        return _object(module.object(shape[1]), module, random, depth + 1)
    if kind == "enum":
        return random.choice([str.upper, str.lower, str])(random.choice(module.enum(shape[1]) or ["any"]))
    if kind == "union":
        return _value(random.choice(shape[1:]), module, random, depth + 1)
    return _SCALARS[kind]
