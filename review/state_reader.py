"""Reads what Pulumi keeps of a stack, as `pulumi stack export` prints it or as a file backend stores it, as a stack.

What a program gave goes before what Azure answered: the inputs are what rules are about, and what only the answer has
fills in. Secrets are encrypted there and stay secret here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from policies.crossguard.wire import OUTPUT_SIGNATURE, SECRET_SIGNATURE, SIGNATURE, UNKNOWNS, filled
from policies.resource import Resource, Stack, pinned_version, unversioned
from policies.values import SECRET, UNKNOWN, is_list
from review.reading import ReadError, text_of

_EXPECTED: Final = "what `pulumi stack export` prints, or a checkpoint of a file backend"


def read_state(path: Path) -> Stack:
    """The resources that a state holds. Raises ReadError."""
    text = text_of(path, _EXPECTED)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReadError(path, f"is not JSON ({str(error)[:80]})", f"give {_EXPECTED}") from None
    deployment = _deployment(document, path)
    resources = deployment.get("resources") or []
    if not is_list(resources):
        raise ReadError(path, "has resources that are no list", f"give {_EXPECTED}")
    return Stack(_name(resources, path), tuple(_resources(resources, path)))


def _deployment(document: Any, path: Path) -> Mapping[str, Any]:
    """`deployment` of an export, `checkpoint.latest` of a checkpoint."""
    found = document.get("deployment") if isinstance(document, Mapping) else None
    if found is None and isinstance(document, Mapping) and isinstance(document.get("checkpoint"), Mapping):
        found = document["checkpoint"].get("latest", {})
    if not isinstance(found, Mapping):
        raise ReadError(path, "has neither a deployment nor a checkpoint", f"give {_EXPECTED}")
    return found


def _name(resources: Any, path: Path) -> str:
    urns = (str(one.get("urn", "")) for one in resources if isinstance(one, Mapping))
    return next((urn.split(":")[2] for urn in urns if urn.startswith("urn:pulumi:")), path.stem)


def _resources(resources: Any, path: Path) -> Iterator[Resource]:
    for index, one in enumerate(resources):
        if not isinstance(one, Mapping) or not isinstance(one.get("type"), str) or not isinstance(one.get("urn"), str):
            raise ReadError(path, f"resources[{index}] has no type or no urn", f"give {_EXPECTED}")
        # What waits to be deleted is on its way out; its successor is there as well.
        if not one.get("delete"):
            yield _resource(one)


def _resource(one: Mapping[str, Any]) -> Resource:
    inputs, outputs = (value if isinstance(value, Mapping) else {} for value in map(one.get, ("inputs", "outputs")))
    properties = filled(_marked(inputs), _marked(outputs))
    urn = str(one["urn"])
    return Resource(
        type=unversioned(str(one["type"])),
        api_version=pinned_version(str(one["type"])),
        name=urn.rsplit("::", 1)[-1],
        properties=properties if isinstance(properties, Mapping) else {},
        urn=urn,
        id=one["id"] if isinstance(one.get("id"), str) and one["id"] else None,
        protect=bool(one.get("protect", False)),
        ignore_changes=_texts(one.get("ignoreChanges")),
        dependencies=_dependencies(one.get("propertyDependencies")),
        parent=str(one.get("parent") or ""),
    )


def _dependencies(listed: Any) -> dict[str, tuple[str, ...]]:
    found = listed if isinstance(listed, Mapping) else {}
    return {str(name): _texts(urns) for name, urns in found.items() if is_list(urns)}


def _texts(listed: Any) -> tuple[str, ...]:
    return tuple(map(str, listed)) if is_list(listed) else ()


def _marked(value: Any) -> Any:
    """A value with its secrets and unknowns as what they are; whatever else is signed (assets) is unknown."""
    if isinstance(value, Mapping):
        mark = value.get(SIGNATURE)
        if mark == SECRET_SIGNATURE:
            return SECRET
        if mark == OUTPUT_SIGNATURE:
            return SECRET if value.get("secret") else _marked(value.get("value", UNKNOWN))
        if mark is not None:
            return UNKNOWN
        return {str(name): _marked(child) for name, child in value.items() if not str(name).startswith("__")}
    if is_list(value):
        return [_marked(item) for item in value]
    return UNKNOWN if isinstance(value, str) and value in UNKNOWNS else value
