"""From the engine's protocol to resources that rules read.

The engine marks an unknown by a text of its own, and a secret by an object with a signature (sdk/python
`pulumi.runtime.rpc`; sdk/go `resource.SigKey`). Every number comes as a float.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from policies.resource import Resource, pinned_version, unversioned
from policies.values import SECRET, UNKNOWN

SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
SECRET_SIGNATURE: Final = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - the mark of secrets, not one
OUTPUT_SIGNATURE: Final = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
# One for each kind of value that can be unknown.
UNKNOWNS: Final = frozenset(
    {
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
        "030794c1-ac77-496b-92df-f27374a8bd58",
        "e48ece36-62e2-4504-bad9-02848725956a",
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    }
)


def properties(struct: Any) -> dict[str, Any]:
    """A message's properties; empty where there are none."""
    return {name: _value(value) for name, value in struct.fields.items()}


def _value(value: Any) -> Any:
    kind = value.WhichOneof("kind")
    if kind == "string_value":
        return UNKNOWN if value.string_value in UNKNOWNS else value.string_value
    if kind == "struct_value":
        fields = value.struct_value.fields
        if SIGNATURE in fields:
            return _marked(fields)
        return {name: _value(item) for name, item in fields.items()}
    if kind == "list_value":
        return [_value(item) for item in value.list_value.values]
    return None if kind in {"null_value", None} else getattr(value, kind)


def _marked(fields: Any) -> Any:
    signature = fields[SIGNATURE].string_value
    if signature == SECRET_SIGNATURE:
        return hidden(_value(fields["value"]))
    if signature == OUTPUT_SIGNATURE:
        if "value" not in fields:
            return UNKNOWN
        found = _value(fields["value"])
        return hidden(found) if "secret" in fields and fields["secret"].bool_value else found
    return {name: _value(item) for name, item in fields.items() if name != SIGNATURE}


def hidden(value: Any) -> Any:
    """What rules may see of a secret: its shape and its booleans. A whole object is often secret for one text in it."""
    if isinstance(value, Mapping):
        return {name: hidden(item) for name, item in value.items()}
    if isinstance(value, list):
        return [hidden(item) for item in value]
    return value if value is None or value is UNKNOWN or isinstance(value, bool) else SECRET


def filled(inputs: Any, outputs: Any) -> Any:
    """The inputs, with what they did not know or say taken from the outputs. A list that was given is whole."""
    if inputs is None or inputs is UNKNOWN:
        return outputs
    if isinstance(inputs, Mapping) and isinstance(outputs, Mapping):
        own = {name: filled(item, outputs.get(name, item)) for name, item in inputs.items()}
        return {**{name: item for name, item in outputs.items() if name not in own}, **own}
    if isinstance(inputs, list) and isinstance(outputs, list) and len(inputs) == len(outputs):
        return [filled(one, other) for one, other in zip(inputs, outputs, strict=True)]
    return inputs


def resource(request: Any, given: Mapping[str, Any] | None = None) -> Resource:
    """A resource of a request; `given`: its properties, where they are not those of the request."""
    found = properties(request.properties) if given is None else given
    arm_id = found.get("id")
    links = getattr(request, "propertyDependencies", {})
    return Resource(
        type=unversioned(request.type),
        api_version=pinned_version(request.type),
        name=request.name,
        properties=found,
        urn=request.urn,
        id=arm_id if isinstance(arm_id, str) and arm_id.startswith("/") else None,
        protect=request.options.protect,
        ignore_changes=tuple(request.options.ignoreChanges),
        dependencies={name: tuple(links[name].urns) for name in links},
        parent=request.options.parent,
    )
