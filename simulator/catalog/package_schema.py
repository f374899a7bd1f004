"""The catalog as a Pulumi package schema, for `pulumi import` and for programs in languages that ask for one.

Holds what the catalog holds: types, resources and their required inputs; no descriptions and no functions. Format:
Pulumi's package metaschema (`pulumi.json`, read 2026-11-24).
"""

from __future__ import annotations

import json
from typing import Any, Final

from simulator.catalog.catalog import Catalog, Module
from simulator.catalog.scan import Properties
from simulator.catalog.shapes import Shape

_SCALARS: Final = {"str": "string", "int": "integer", "float": "number", "bool": "boolean"}
_ANY: Final = {"$ref": "pulumi.json#/Any"}
_ASSET: Final = {"$ref": "pulumi.json#/Asset"}


def package_schema(catalog: Catalog, version: str) -> str:
    """The schema of the whole SDK as JSON. Takes seconds and is asked for rarely, so nobody keeps it."""
    types: dict[str, Any] = {}
    found: dict[str, Any] = {}
    for name in catalog.module_names:
        module = catalog.module(f"azure-native:{name}:")
        if module is not None:
            types.update(_types(module))
            found.update(_resources(module))
    return json.dumps({"name": "azure-native", "version": version, "types": types, "resources": found})


def _types(module: Module) -> dict[str, Any]:
    objects = {**module.content["outputs"], **module.content["inputs"]}
    found: dict[str, Any] = {_token(module, name): _object(module, properties) for name, properties in objects.items()}
    for name, values in module.content["enums"].items():
        kind = "string" if all(isinstance(value, str) for value in values) else "number"
        found[_token(module, name)] = {"type": kind, "enum": [{"value": value} for value in values]}
    return found


def _resources(module: Module) -> dict[str, Any]:
    found = {}
    for token, declared in module.content["resources"].items():
        shape = _object(module, declared["outputs"])
        inputs = _object(module, declared["inputs"])
        found[token] = {**shape, "inputProperties": inputs["properties"], "requiredInputs": inputs["required"]}
    return found


def _object(module: Module, properties: Properties) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: _property(module, declared) for name, declared in properties.items()},
        "required": sorted(name for name, declared in properties.items() if declared.get("required")),
    }


def _property(module: Module, declared: dict[str, Any]) -> dict[str, Any]:
    constant = {"const": declared["constant"]} if isinstance(declared.get("constant"), str) else {}
    return {**_type(module, declared["shape"]), **constant}


def _type(module: Module, shape: Shape) -> dict[str, Any]:
    kind = shape[0]
    if kind in _SCALARS:
        return {"type": _SCALARS[kind]}
    if kind == "list":
        return {"type": "array", "items": _type(module, shape[1])}
    if kind == "map":
        return {"type": "object", "additionalProperties": _type(module, shape[1])}
    if kind == "union":
        return {"oneOf": [_type(module, member) for member in shape[1:]]}
    if kind in {"object", "enum"}:
        known = module.object(shape[1]) or module.enum(shape[1])
        return {"$ref": f"#/types/{_token(module, shape[1])}"} if known else {"type": "string"}
    return _ASSET if kind == "asset" else _ANY


def _token(module: Module, name: str) -> str:
    return f"azure-native:{module.name}:{name}"
