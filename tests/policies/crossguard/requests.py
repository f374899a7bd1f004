"""Requests as the engine makes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from google.protobuf import struct_pb2
from pulumi.runtime.proto import analyzer_pb2

from policies.types import CLUSTER

UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}


def struct(properties: Mapping[str, Any]) -> struct_pb2.Struct:
    made = struct_pb2.Struct()
    made.update(dict(properties))
    return made


def urn_of(type_: str, name: str, stack: str = "prod") -> str:
    return f"urn:pulumi:{stack}::platform::{type_}::{name}"


def declared(properties: Mapping[str, Any], type_: str = CLUSTER, name: str = "aks") -> Any:
    """The engine's request before a resource is made."""
    return analyzer_pb2.AnalyzeRequest(
        type=type_, name=name, urn=urn_of(type_, name), properties=struct(properties),
        options=analyzer_pb2.AnalyzerResourceOptions(protect=True),
    )  # fmt: skip


def final(
    properties: Mapping[str, Any],
    type_: str = CLUSTER,
    name: str = "aks",
    dependencies: Mapping[str, list[str]] | None = None,
) -> Any:
    """One resource of the engine's request at the end."""
    links = {key: analyzer_pb2.AnalyzerPropertyDependencies(urns=urns) for key, urns in (dependencies or {}).items()}
    return analyzer_pb2.AnalyzerResource(
        type=type_, name=name, urn=urn_of(type_, name), properties=struct(properties), propertyDependencies=links,
        options=analyzer_pb2.AnalyzerResourceOptions(protect=True),
    )  # fmt: skip


def whole(*resources: Any) -> Any:
    """The engine's request at the end."""
    return analyzer_pb2.AnalyzeStackRequest(resources=resources)
