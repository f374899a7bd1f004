"""The engine's messages, without the SDK around them.

They lie in a package that brings the whole SDK with it when it is imported the usual way: a fourth of the plugin's
start, and the engine starts a plugin for every command. Nothing of the SDK is needed but its generated messages.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Final

_PACKAGES: Final = ("pulumi", "pulumi.runtime")


@contextmanager
def _bare_packages() -> Iterator[None]:
    """While it lasts, the packages around the messages are empty, unless they were imported already."""
    spec = importlib.util.find_spec(_PACKAGES[0]) if _PACKAGES[0] not in sys.modules else None
    if spec is None or not spec.submodule_search_locations:
        yield
        return
    root = spec.submodule_search_locations[0]
    for name in _PACKAGES:
        package = ModuleType(name)
        package.__path__ = ["/".join([root, *name.split(".")[1:]])]
        sys.modules[name] = package
    try:
        yield
    finally:
        for name in _PACKAGES:
            del sys.modules[name]


with _bare_packages():
    from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

__all__ = ["plugin_pb2", "provider_pb2", "provider_pb2_grpc"]
