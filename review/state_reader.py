"""Reads what Pulumi keeps of a stack, as `pulumi stack export` prints it or as a file backend stores it, as a stack.

What a program gave goes before what Azure answered: the inputs are what rules are about, and what only the answer has
fills in. Secrets are encrypted there and stay secret here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from policies.resource import Resource, Stack, unversioned
from policies.values import SECRET, UNKNOWN, is_list
from review.reading import ReadError, text_of

# Pulumi's own marks (sdk/go/common/resource/sig, and plugin/rpc.go for what isn't known).
_SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
_SECRET: Final = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - a mark, not one
_OUTPUT: Final = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
_UNKNOWN: Final = frozenset(
    {
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
        "030794c1-ac77-496b-92df-f27374a8bd58",
        "e48ece36-62e2-4504-bad9-02848725956a",
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    }
)
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
    properties = _filled(_marked(inputs), _marked(outputs))
    urn = str(one["urn"])
    return Resource(
        type=unversioned(str(one["type"])),
        name=urn.rsplit("::", 1)[-1],
        properties=properties if isinstance(properties, Mapping) else {},
        urn=urn,
        id=one["id"] if isinstance(one.get("id"), str) and one["id"] else None,
        protect=bool(one.get("protect", False)),
        ignore_changes=tuple(map(str, one.get("ignoreChanges") or ())),
        dependencies=_dependencies(one.get("propertyDependencies")),
        parent=str(one.get("parent") or ""),
    )


def _dependencies(listed: Any) -> dict[str, tuple[str, ...]]:
    found = listed if isinstance(listed, Mapping) else {}
    return {str(name): tuple(map(str, urns)) for name, urns in found.items() if is_list(urns)}


def _marked(value: Any) -> Any:
    """A value with its secrets and unknowns as what they are; whatever else is signed (assets) is unknown."""
    if isinstance(value, Mapping):
        mark = value.get(_SIGNATURE)
        if mark == _SECRET:
            return SECRET
        if mark == _OUTPUT:
            return SECRET if value.get("secret") else _marked(value.get("value", UNKNOWN))
        if mark is not None:
            return UNKNOWN
        return {str(name): _marked(child) for name, child in value.items() if not str(name).startswith("__")}
    if is_list(value):
        return [_marked(item) for item in value]
    return UNKNOWN if isinstance(value, str) and value in _UNKNOWN else value


def _filled(given: Any, answered: Any) -> Any:
    """What was given, and at any depth what only the answer has. A list that was given is whole."""
    if isinstance(given, Mapping) and isinstance(answered, Mapping):
        merged = {name: _filled(value, answered[name]) if name in answered else value for name, value in given.items()}
        return {**merged, **{name: value for name, value in answered.items() if name not in given}}
    if is_list(given) and is_list(answered) and len(given) == len(answered):
        return [_filled(one, other) for one, other in zip(given, answered, strict=True)]
    return answered if given is None or given is UNKNOWN else given
