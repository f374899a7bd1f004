"""The stack's configuration as a rehearsal may see it: the same values, but no secret and no key to any.

Pure, but for reading and writing the two files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

# Keys beside `config` that belong to the real stack's encryption. They never leave the real file.
_ENCRYPTION = frozenset({"encryptionsalt", "encryptedkey", "secretsprovider"})


@dataclass(frozen=True)
class Derived:
    """A configuration without its encrypted values, and where those were, as paths that `pulumi config set` takes."""

    document: dict[str, Any]
    secrets: tuple[str, ...]


def derive(document: Mapping[str, Any]) -> Derived:
    """The configuration for a rehearsal. Encrypted values are left out; the rehearsal puts placeholders there."""
    kept = {name: value for name, value in document.items() if name not in _ENCRYPTION}
    config = kept.get("config")
    if not isinstance(config, Mapping):
        return Derived(dict(kept), ())
    kept["config"] = {name: _without_secrets(value) for name, value in config.items() if not _is_encrypted(value)}
    return Derived(kept, tuple(_secret_paths(config)))


def read(path: Path) -> dict[str, Any]:
    """A stack's configuration file; an empty one is an empty mapping."""
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded if isinstance(loaded, dict) else {}


def write(path: Path, document: Mapping[str, Any], salt: str | None) -> None:
    """Writes the derived configuration with the rehearsal's own salt."""
    whole = {"encryptionsalt": salt, **document} if salt is not None else dict(document)
    path.write_text(yaml.safe_dump(whole, sort_keys=False, allow_unicode=True), encoding="utf-8")


def _is_encrypted(value: Any) -> bool:
    return isinstance(value, Mapping) and set(value) == {"secure"}


def _without_secrets(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _without_secrets(child) for name, child in value.items() if not _is_encrypted(child)}
    if isinstance(value, list):
        # A position in a list has to stay, or `pulumi config set` would put the placeholder elsewhere.
        return [None if _is_encrypted(child) else _without_secrets(child) for child in value]
    return value


def _secret_paths(value: Any, path: str = "") -> Iterator[str]:
    if _is_encrypted(value):
        yield path
    elif isinstance(value, Mapping):
        for name, child in value.items():
            yield from _secret_paths(child, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _secret_paths(child, f"{path}[{index}]")
