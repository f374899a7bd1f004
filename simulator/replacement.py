"""Which inputs make azure-native replace a resource rather than update it, from two dated tables."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


def replacing_inputs(token: str, arm_type: str) -> frozenset[str]:
    """Dotted paths (lists and maps without their keys) whose change replaces a resource of this type."""
    listed = _table("replacement.yaml")
    fixed = _table("immutable.yaml")["types"].get(arm_type, {}).get("properties", {})
    marked = {path.replace("[*]", "") for path, basis in fixed.items() if basis == "visibility"}
    found = {*listed["replaces"].get(token, ()), *marked, "location"}
    return frozenset(found - set(listed["keeps"].get(token, ())))


@cache
def _table(name: str) -> dict[str, Any]:
    text = files("simulator.arm").joinpath(name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe loaders
    return loaded
