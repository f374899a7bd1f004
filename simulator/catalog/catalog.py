"""Look-ups over the compiled knowledge of the SDK, one module at a time.

Compiling the largest module takes about a second and happens once for an SDK version; afterwards a module is one JSON
file.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
import threading
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata, util
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from simulator.catalog.scan import SECTIONS, Properties, scan_module

# Raise when the meaning of the compiled files changes; older caches are then not read.
FORMAT = 1

_VERSIONED = re.compile(r"^(azure-native:\w+)/v\d{8}\w*(:\w+)$")


@dataclass(frozen=True)
class Module:
    """One compiled module: its objects, enums, resources and functions by name or token."""

    name: str
    content: dict[str, Any]

    def object(self, name: str) -> Properties:
        """The properties of an object; inputs and outputs have names of their own (`…Response`)."""
        found: Properties | None = self.content["inputs"].get(name) or self.content["outputs"].get(name)
        return found if found is not None else {}

    def enum(self, name: str) -> list[Any]:
        """The values of an enum; empty when the SDK has none of that name."""
        values: list[Any] = self.content["enums"].get(name, [])
        return values


@dataclass(frozen=True)
class Resource:
    """A resource type as the SDK declares it."""

    token: str
    api_version: str
    inputs: Properties
    outputs: Properties
    module: Module


@dataclass(frozen=True)
class Function:
    """A function (`getX`, `listX`) as the SDK declares it."""

    token: str
    arguments: list[str]
    result: Properties
    module: Module


class Catalog:
    """The SDK's knowledge, compiled on first use and then read from `cache`."""

    def __init__(self, sdk: Path, cache: Path) -> None:
        self.sdk = sdk
        self._cache = cache
        self._modules: dict[str, Module | None] = {}
        # The engine asks for many resources at once; without it each thread would compile the module for itself.
        self._lock = threading.Lock()

    def resource(self, token: str) -> Resource | None:
        """The type of a token; `None` when the SDK has no such type.

        An explicit API version in the token is ignored.
        """
        plain = _VERSIONED.sub(r"\1\2", token)
        module = self.module(plain)
        found = module.content["resources"].get(plain) if module else None
        if module is None or found is None:
            return None
        return Resource(plain, found["api_version"] or "", found["inputs"], found["outputs"], module)

    def function(self, token: str) -> Function | None:
        """The function of a token; `None` when the SDK has no such function."""
        plain = _VERSIONED.sub(r"\1\2", token)
        module = self.module(plain)
        found = module.content["functions"].get(plain) if module else None
        if module is None or found is None:
            return None
        return Function(plain, found["arguments"], found["result"], module)

    def module(self, token: str) -> Module | None:
        """The module that a token (`azure-native:network:Subnet`) belongs to."""
        parts = token.split(":")
        name = parts[1].split("/")[0] if len(parts) == 3 else ""
        with self._lock:
            if name not in self._modules:
                self._modules[name] = self._open(name)
            return self._modules[name]

    @cached_property
    def module_names(self) -> list[str]:
        """Every module of the installed SDK."""
        return sorted(path.parent.name for path in self.sdk.glob("*/__init__.py"))

    def _open(self, name: str) -> Module | None:
        folder = self.sdk / name
        if not name or not (folder / "__init__.py").is_file():
            return None
        compiled = self._cache / f"{name}.json"
        content = _read(compiled)
        if content is None:
            content = scan_module(folder)
            # The cache saves time and nothing else: a full disk or a folder of another user's stops no rehearsal.
            with suppress(OSError):
                _write(compiled, json.dumps(content, separators=(",", ":")))
        return Module(name, content)


def _read(path: Path) -> dict[str, Any] | None:
    """A compiled module; `None` when the file is absent, damaged or something else."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) and set(content) == SECTIONS else None


def _write(path: Path, text: str) -> None:
    """Whole or not at all: two plugins may compile the same module at once, and either may be killed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def open_catalog(cache: Path | None = None) -> Catalog:
    """The catalog of the SDK installed beside this interpreter, cached under the user's cache folder.

    Raises ModuleNotFoundError when pulumi-azure-native is not installed.
    """
    spec = util.find_spec("pulumi_azure_native")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("pulumi-azure-native is not installed; run `uv sync`")
    version = metadata.version("pulumi-azure-native")
    root = cache if cache is not None else user_cache_path("mlops-platform") / "catalog"
    return Catalog(Path(spec.origin).parent, root / f"{version}-{FORMAT}")
