"""Values on Pulumi's wire, as plain Python.

A property value is `None`, `bool`, `int`, `float`, `str`, `list`, `dict`, `UNKNOWN` or `Secret`; assets, archives and
resource references pass through as the dictionaries that they are on the wire. The signatures are those of Pulumi's
deployment protocol (`sdk/go/common/resource/plugin/rpc.go`, read 2026-11-24 in the stubs of pulumi 3.272.0).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from google.protobuf import struct_pb2

SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
SECRET: Final = "1b47061264138c4ac30d75fd1eb44270"
OUTPUT: Final = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
UNKNOWN_SENTINELS: Final = frozenset(
    {
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9",  # string; also what is sent when the type is not known
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",  # boolean
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",  # number
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",  # array
        "030794c1-ac77-496b-92df-f27374a8bd58",  # asset
        "e48ece36-62e2-4504-bad9-02848725956a",  # archive
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",  # object
    }
)
UNKNOWN_STRING: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"

Path = tuple[str | int, ...]


class Unknown:
    """A value that is not known before `up`. There is one instance, `UNKNOWN`."""

    _instance: Self | None = None

    def __new__(cls) -> Self:
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __bool__(self) -> bool:
        raise TypeError("an unknown value is neither true nor false: compare with `is UNKNOWN` first")


UNKNOWN: Final = Unknown()


@dataclass(frozen=True)
class Secret:
    """A value that must stay encrypted in state and masked in every display."""

    value: Any

    def __repr__(self) -> str:
        return "Secret([secret])"


def from_struct(struct: struct_pb2.Struct) -> dict[str, Any]:
    """The properties of a message, sorted, because the maps of messages have no order of their own.

    Integral numbers become `int`, because JSON on this wire has only doubles.
    """
    return {key: _from_value(value) for key, value in sorted(struct.fields.items())}


def _from_value(value: struct_pb2.Value) -> Any:
    kind = value.WhichOneof("kind")
    if kind == "string_value":
        return UNKNOWN if value.string_value in UNKNOWN_SENTINELS else value.string_value
    if kind == "number_value":
        number = value.number_value
        return int(number) if number.is_integer() else number
    if kind == "bool_value":
        return value.bool_value
    if kind == "list_value":
        return [_from_value(item) for item in value.list_value.values]
    if kind == "struct_value":
        return _from_special(from_struct(value.struct_value))
    return None


def _from_special(fields: dict[str, Any]) -> Any:
    signature = fields.get(SIGNATURE)
    if signature == SECRET:
        return Secret(fields.get("value"))
    if signature == OUTPUT:
        value = fields.get("value", UNKNOWN)
        return Secret(value) if fields.get("secret") is True else value
    return fields


def to_struct(properties: Mapping[str, Any]) -> struct_pb2.Struct:
    """The message of some properties; the inverse of `from_struct`."""
    struct = struct_pb2.Struct()
    for key, value in properties.items():
        _set(struct.fields[key], value)
    return struct


def _set(target: struct_pb2.Value, value: Any) -> None:
    if value is None:
        target.null_value = struct_pb2.NULL_VALUE
    elif value is UNKNOWN:
        target.string_value = UNKNOWN_STRING
    elif isinstance(value, Secret):
        target.struct_value.CopyFrom(to_struct({SIGNATURE: SECRET, "value": value.value}))
    elif isinstance(value, bool):
        target.bool_value = value
    elif isinstance(value, int | float):
        target.number_value = value
    elif isinstance(value, str):
        target.string_value = value
    elif isinstance(value, Mapping):
        target.struct_value.CopyFrom(to_struct(value))
    else:
        target.list_value.SetInParent()
        for item in value:
            _set(target.list_value.values.add(), item)


def reveal(value: Any) -> Any:
    """The value without its secret marks, at any depth: what Azure would receive."""
    if isinstance(value, Secret):
        return reveal(value.value)
    return _map(value, reveal)


def secret_paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """Where the secrets are, so that what is computed from a value can be marked again."""
    if isinstance(value, Secret):
        yield path
        return
    for key, child in _children(value):
        yield from secret_paths(child, (*path, key))


def conceal(value: Any, paths: Sequence[Path]) -> Any:
    """The value with secret marks at `paths`; a path that does not exist is skipped."""
    if any(not path for path in paths):
        return value if isinstance(value, Secret) else Secret(value)
    if isinstance(value, Mapping):
        return {key: conceal(child, [p[1:] for p in paths if p[0] == key]) for key, child in value.items()}
    if isinstance(value, list):
        return [conceal(child, [p[1:] for p in paths if p[0] == index]) for index, child in enumerate(value)]
    return value


def has_unknown(value: Any) -> bool:
    """Whether any part of the value is unknown."""
    if value is UNKNOWN:
        return True
    if isinstance(value, Secret):
        return has_unknown(value.value)
    return any(has_unknown(child) for _, child in _children(value))


def dotted(path: Path) -> str:
    """A path as people write it: `agentPoolProfiles[0].vmSize`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def at(value: Any, path: str) -> Any:
    """The value at a dotted path of names; `None` where it is absent, `UNKNOWN` where any step is unknown."""
    for step in path.split("."):
        if value is UNKNOWN:
            return UNKNOWN
        if not isinstance(value, Mapping) or step not in value:
            return None
        value = value[step]
    return value


def _map(value: Any, function: Callable[[Any], Any]) -> Any:
    if isinstance(value, Mapping):
        return {key: function(child) for key, child in value.items()}
    if isinstance(value, list):
        return [function(child) for child in value]
    return value


def _children(value: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)
