"""The engine's side of the conversation with the plugin: Pulumi's messages over gRPC, with plain values."""

from __future__ import annotations

from typing import Any

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2

from simulator.store import Store
from simulator.values import from_struct, to_struct
from tests.simulator.azure import token_of, urn_of

# The engine takes messages of any size, and the schema of the package is one of ten megabytes.
UNLIMITED = [("grpc.max_receive_message_length", -1)]


class Plugin:
    """One method for each request that the engine sends."""

    def __init__(self, stub: Any, store: Store) -> None:
        self.stub = stub
        self.store = store

    def check(self, short: str, inputs: dict[str, Any], old: dict[str, Any] | None = None) -> Any:
        request = provider_pb2.CheckRequest(
            urn=urn_of(token_of(short), "it"), olds=to_struct(old or {}), news=to_struct(inputs), randomSeed=b"seed"
        )
        return self.stub.Check(request)

    def diff(self, short: str, resource_id: str, old: dict[str, Any], new: dict[str, Any]) -> Any:
        request = provider_pb2.DiffRequest(
            id=resource_id, urn=urn_of(token_of(short), "it"), old_inputs=to_struct(old), news=to_struct(new)
        )
        return self.stub.Diff(request)

    def create(self, short: str, inputs: dict[str, Any], *, preview: bool = False) -> Any:
        request = provider_pb2.CreateRequest(
            urn=urn_of(token_of(short), "it"), properties=to_struct(inputs), preview=preview, type=token_of(short)
        )
        return self.stub.Create(request)

    def read(self, short: str, resource_id: str, inputs: dict[str, Any] | None = None) -> Any:
        request = provider_pb2.ReadRequest(
            id=resource_id, urn=urn_of(token_of(short), "it"), inputs=to_struct(inputs or {})
        )
        return self.stub.Read(request)

    def invoke(self, short: str, **arguments: Any) -> dict[str, Any]:
        answer = self.stub.Invoke(provider_pb2.InvokeRequest(tok=token_of(short), args=to_struct(arguments)))
        return from_struct(getattr(answer, "return"))


def refused(call: Any, *arguments: Any, **named: Any) -> tuple[grpc.StatusCode, str]:
    with pytest.raises(grpc.RpcError) as error:
        call(*arguments, **named)
    return error.value.code(), error.value.details()
