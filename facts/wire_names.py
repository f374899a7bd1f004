"""Where the inputs of the azure-native SDK lie in the bodies that go over ARM's wire.

Owns the table (`wire_names.yaml`, read from the models of Microsoft's Go SDKs) and what holds for types and objects
that it lacks: in a resource, everything but what stands beside `properties` in every resource lies in `properties`,
unless the SDK has that itself; an object is as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

FILE: Final = Path(__file__).with_suffix(".yaml")
# What stands beside `properties` in every resource (the schema of a resource in a template; ARM's reference).
BESIDE: Final = frozenset(
    {"location", "tags", "sku", "kind", "identity", "zones", "plan", "extendedLocation", "managedBy", "properties"}
)
# Azure has a map with empty values where the SDK has a list of ids; so in every type that has identities.
IDENTITIES: Final = "userAssignedIdentities"


@dataclass(frozen=True)
class WireNames:
    """One object. `paths`: by input where it lies, as steps; absent: under its own name. `sets`: lists that are maps.

    `source`: the model that says so, of a resource; empty where none was found and the general rule holds.
    """

    paths: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sets: frozenset[str] = frozenset()
    source: str = ""


@cache
def resource_names(token: str, inputs: frozenset[str]) -> WireNames:
    """The names of a resource type; by the general rule where no model was found. `inputs`: those of its body."""
    row = _document()["resources"].get(token.removeprefix("azure-native:"))
    if row is not None:
        return _names(row)
    if "properties" in inputs:
        return WireNames()
    return WireNames({name: ("properties", name) for name in inputs if name not in BESIDE})


@cache
def object_names(module: str, name: str) -> WireNames:
    """The names of an object of a module of the SDK."""
    row = _document()["objects"].get(module, {}).get(name)
    return _names(row) if row is not None else WireNames(sets=frozenset({IDENTITIES}))


def _names(row: Mapping[str, Any]) -> WireNames:
    paths = {name: (*holder.split("/"), name) for holder, names in (row.get("held") or {}).items() for name in names}
    paths.update({name: tuple(path.split("/")) for name, path in (row.get("renamed") or {}).items()})
    return WireNames(paths, frozenset(row.get("sets") or ()), row.get("source", ""))


@cache
def _document() -> dict[str, Any]:
    text = FILE.read_text(encoding="utf-8")
    # The C loader takes a tenth of the time; both are safe loaders.
    loaded: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - see above
    return loaded
