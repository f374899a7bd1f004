"""Writes a stack's Kubernetes objects as manifests, for tools that read YAML and not Pulumi."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any, Final

import yaml

from policies.resource import Resource, Stack
from policies.values import ABSENT, Marker, is_list, joined
from review.exported import NO_SKIPS, Exported, LeftOut, Origin, Skips

_PREFIX: Final = "kubernetes:"
_SKIP: Final = "checkov.io/skip"
# A release is what Helm installs, not an object of the API.
_NO_OBJECTS: Final = ("kubernetes:helm.sh/", "kubernetes:yaml", "kubernetes:kustomize")


class _Dumper(yaml.SafeDumper):
    """Writes a value that occurs twice twice: an alias would hide it from some readers."""

    def ignore_aliases(self, _: Any) -> bool:
        return True


def manifests(stack: Stack) -> str:
    """Every Kubernetes object of a stack, one document each. The same stack gives the same text."""
    return exported_manifests(stack).text


def exported_manifests(stack: Stack, skips: Skips = NO_SKIPS) -> Exported:
    """The same, with the lines of each object and what was left out."""
    text, line = "", 1
    origins: list[Origin] = []
    left_out: list[LeftOut] = []
    for resource in stack.resources:
        if not resource.type.startswith(_PREFIX):
            continue
        if resource.type.startswith(_NO_OBJECTS):
            left_out.append(LeftOut(resource, "", "is no object of the API"))
            continue
        document = _object(resource, left_out)
        _annotate(document["metadata"], skips.get(resource.key, {}))
        written = yaml.dump(document, Dumper=_Dumper, sort_keys=False, width=118, allow_unicode=True)
        text += f"---\n{written}"
        last = line + written.count("\n")
        origins.append(Origin(line + 1, last, document["kind"], _name(document), resource))
        line = last + 1
    return Exported(text, tuple(origins), tuple(left_out))


def _object(resource: Resource, left_out: list[LeftOut]) -> dict[str, Any]:
    group, kind = resource.type.removeprefix(_PREFIX).rsplit(":", 1)
    written = _written(resource.properties, resource, "", left_out)
    first = {
        "apiVersion": written.pop("apiVersion", group.removeprefix("core/")),
        "kind": written.pop("kind", kind),
        "metadata": written.pop("metadata", {}),
    }
    # What the server writes has no place in a manifest.
    return {**first, **{name: value for name, value in sorted(written.items()) if name != "status"}}


def _annotate(metadata: Any, skips: Mapping[str, str]) -> None:
    """Asks checkov to skip checks; it reads the annotations of the object itself, not those of its pods."""
    if not skips or not isinstance(metadata, dict):
        return
    found = metadata.get("annotations")
    annotations = dict(found) if isinstance(found, Mapping) else {}
    free = (key for number in count(1) if (key := f"{_SKIP}{number}") not in annotations)
    for check, why in skips.items():
        # A second `=` would stop checkov 3.3.30 with an error.
        annotations[next(free)] = f"{check}={why.replace('=', ':')}"
    metadata["annotations"] = annotations


def _written(value: Any, resource: Resource, at: str, left_out: list[LeftOut]) -> Any:
    if isinstance(value, Mapping):
        found = {str(k): _written(child, resource, joined(at, str(k)), left_out) for k, child in value.items()}
        return {name: child for name, child in found.items() if child is not ABSENT}
    if is_list(value):
        items = [_written(item, resource, f"{at}[{index}]", left_out) for index, item in enumerate(value)]
        return [item for item in items if item is not ABSENT]
    if isinstance(value, Marker):
        if value is not ABSENT:
            left_out.append(LeftOut(resource, at, value.value))
        return ABSENT
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _name(document: Mapping[str, Any]) -> str:
    metadata = document["metadata"]
    found = metadata.get("name") if isinstance(metadata, Mapping) else None
    return found if isinstance(found, str) else ""
