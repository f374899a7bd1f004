"""The gRPC shell of the plugin: Pulumi's `ResourceProvider` service in front of `simulator.service`."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import grpc
from google.protobuf import empty_pb2
from google.rpc import status_pb2

from simulator.autonaming import logical_name
from simulator.difference import Change, changes, delete_before_replace
from simulator.errors import ArmError
from simulator.faults import THROTTLE_SECONDS, Fault, Faults, answer_of
from simulator.functions import Functions
from simulator.messages import plugin_pb2, provider_pb2, provider_pb2_grpc
from simulator.outputs import FAILED, in_state
from simulator.replacement import replacing_inputs
from simulator.service import Outcome, Service
from simulator.traffic import Traffic
from simulator.values import dotted, from_struct, to_struct

Answer = TypeVar("Answer")

_KINDS = {
    ("add", False): provider_pb2.PropertyDiff.ADD,
    ("add", True): provider_pb2.PropertyDiff.ADD_REPLACE,
    ("delete", False): provider_pb2.PropertyDiff.DELETE,
    ("delete", True): provider_pb2.PropertyDiff.DELETE_REPLACE,
    ("update", False): provider_pb2.PropertyDiff.UPDATE,
    ("update", True): provider_pb2.PropertyDiff.UPDATE_REPLACE,
}


class Provider(provider_pb2_grpc.ResourceProviderServicer):
    """What the engine talks to. Every method turns a message into plain values, asks the service, and turns back."""

    def __init__(
        self,
        service: Service,
        functions: Functions,
        version: str,
        faults: Faults | None = None,
        traffic: Traffic | None = None,
    ) -> None:
        self._service = service
        self._functions = functions
        self._version = version
        self._faults = faults if faults is not None else Faults()
        self._traffic = traffic if traffic is not None else Traffic()

    def Handshake(self, request: Any, context: Any) -> Any:  # noqa: N802
        return provider_pb2.ProviderHandshakeResponse(accept_secrets=True)

    def GetPluginInfo(self, request: Any, context: Any) -> Any:  # noqa: N802
        return plugin_pb2.PluginInfo(version=self._version)

    def GetSchema(self, request: Any, context: Any) -> Any:  # noqa: N802
        return provider_pb2.GetSchemaResponse(schema=self._functions.package_schema(self._version))

    def CheckConfig(self, request: Any, context: Any) -> Any:  # noqa: N802
        return provider_pb2.CheckResponse(inputs=request.news)

    def DiffConfig(self, request: Any, context: Any) -> Any:  # noqa: N802
        # Nothing in the provider's settings moves a simulated resource: ids carry the simulated subscription.
        return provider_pb2.DiffResponse(changes=provider_pb2.DiffResponse.DIFF_NONE)

    def Configure(self, request: Any, context: Any) -> Any:  # noqa: N802
        location = from_struct(request.args).get("location") or request.variables.get("azure-native:config:location")
        self._service.location = location if isinstance(location, str) else None
        return provider_pb2.ConfigureResponse(acceptSecrets=True, supportsPreview=True)

    def Check(self, request: Any, context: Any) -> Any:  # noqa: N802
        def run() -> Any:
            inputs, found = self._service.check(
                request.urn, _token(request), from_struct(request.news), from_struct(request.olds), request.randomSeed
            )
            resource_id = self._service.id_of(_token(request), inputs)
            if resource_id and not request.olds.fields and self._service.world.get(resource_id) is None:
                self._traffic.announce(resource_id)
            # The engine looks a failure's property up among the top-level ones and prints `{<nil>}` for any other path.
            failures = [provider_pb2.CheckFailure(reason=str(problem)) for problem in found]
            return provider_pb2.CheckResponse(inputs=to_struct(inputs), failures=failures)

        return self._run("check", request.urn, context, run)

    def Diff(self, request: Any, context: Any) -> Any:  # noqa: N802
        def run() -> Any:
            self._service.require_simulated(request.id)
            resource, template = self._service.type_of_token(_token(request))
            new = from_struct(request.news)
            replacing = replacing_inputs(resource.token, template.arm_type)
            found = changes(from_struct(request.old_inputs), new, template, replacing)
            replaces = any(change.replaces for change in found)
            detail = {dotted(change.path): _detail(change) for change in found}
            return provider_pb2.DiffResponse(
                changes=provider_pb2.DiffResponse.DIFF_SOME if found else provider_pb2.DiffResponse.DIFF_NONE,
                diffs=sorted({str(change.path[0]) for change in found}),
                replaces=sorted({str(change.path[0]) for change in found if change.replaces}),
                detailedDiff=detail,
                hasDetailedDiff=True,
                deleteBeforeReplace=replaces and delete_before_replace(new, request.id, template),
            )

        return self._run("diff", request.urn, context, run)

    def Create(self, request: Any, context: Any) -> Any:  # noqa: N802
        def run() -> Any:
            made = self._service.create(
                request.urn, _token(request), from_struct(request.properties), preview=request.preview
            )
            return provider_pb2.CreateResponse(id=made.id, properties=to_struct(made.outputs))

        return self._write("create", request, context, run)

    def Update(self, request: Any, context: Any) -> Any:  # noqa: N802
        def run() -> Any:
            made = self._service.update(
                request.urn, _token(request), request.id, from_struct(request.news), preview=request.preview
            )
            return provider_pb2.UpdateResponse(properties=to_struct(made.outputs))

        return self._write("update", request, context, run)

    def Read(self, request: Any, context: Any) -> Any:  # noqa: N802
        def run() -> Any:
            found: Outcome | None = self._service.read(
                request.urn, _token(request), request.id, from_struct(request.inputs)
            )
            self._traffic.read(request.id)
            if found is None:
                return provider_pb2.ReadResponse()
            return provider_pb2.ReadResponse(
                id=found.id, properties=to_struct(found.outputs), inputs=to_struct(found.inputs)
            )

        return self._run("read", request.urn, context, run)

    def Delete(self, request: Any, context: Any) -> Any:  # noqa: N802
        def run() -> Any:
            self._service.delete(request.id)
            return empty_pb2.Empty()

        return self._write("delete", request, context, run)

    def Invoke(self, request: Any, context: Any) -> Any:  # noqa: N802
        def run() -> Any:
            result = self._functions.call(request.tok, from_struct(request.args))
            return provider_pb2.InvokeResponse(**{"return": to_struct(result)})

        return self._run("invoke", request.tok, context, run)

    def GetMapping(self, request: Any, context: Any) -> Any:  # noqa: N802
        return provider_pb2.GetMappingResponse()

    def Cancel(self, request: Any, context: Any) -> Any:  # noqa: N802
        return empty_pb2.Empty()

    def _write(self, operation: str, request: Any, context: grpc.ServicerContext, run: Callable[[], Answer]) -> Answer:
        """Runs an operation that writes, unless it is only a preview or meets another one."""
        if operation == "create":
            written = self._service.id_of(_token(request), from_struct(request.properties))
        else:
            written = request.id
        if operation != "delete" and request.preview:
            self._traffic.foresee(written)
            return self._run("preview", request.urn, context, run)
        if not written:
            return self._run(operation, request.urn, context, run)
        try:
            with self._traffic.write(written, creates=operation == "create", exists=self._exists):
                return self._write_alone(operation, request, context, run)
        except ArmError as refused:
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, str(refused))
            raise

    def _exists(self, resource_id: str) -> bool:
        try:
            return self._service.world.get(resource_id) is not None
        except sqlite3.Error:
            return True  # a store that can't be used is reported by the operation itself

    def _write_alone(
        self, operation: str, request: Any, context: grpc.ServicerContext, run: Callable[[], Answer]
    ) -> Answer:
        """Runs an operation that meets no other; a fault on demand may strike it."""
        fault = self._faults.draw(operation, _token(request), logical_name(request.urn))
        if fault is None:
            return self._run(operation, request.urn, context, run)
        return self._run(operation, request.urn, context, lambda: self._strike(fault, operation, request, context, run))

    def _strike(
        self, fault: Fault, operation: str, request: Any, context: grpc.ServicerContext, run: Callable[[], Answer]
    ) -> Answer:
        """What an operation comes to when a fault strikes it."""
        if fault.kind == "throttle":
            time.sleep(THROTTLE_SECONDS)
            return run()
        # What a delete leaves when it fails late is what was there before.
        written = None if fault.is_before_the_write or (fault.kind, operation) == ("late-failure", "delete") else run()
        if fault.kind == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        error = answer_of(fault, operation, request.urn)
        if fault.kind == "late-failure" and written is not None:
            self._service.fail(getattr(written, "id", "") or request.id)
            _tell_partial(context, written, request, str(error))
        raise error

    def _run(self, operation: str, urn: str, context: grpc.ServicerContext, run: Callable[[], Answer]) -> Answer:
        """Runs one operation, times it, and turns a refusal into the status that the engine shows."""
        start = time.perf_counter()
        failed = True
        try:
            answer = run()
            failed = False
        except ArmError as refused:
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, str(refused))
            raise  # abort() raises; this tells the type checker
        except sqlite3.Error as error:
            context.abort(grpc.StatusCode.INTERNAL, _unusable(self._service.store.path, error))
            raise
        finally:
            # What could not be measured is no reason to fail what was done.
            with suppress(sqlite3.Error):
                self._service.store.log(operation, urn, (time.perf_counter() - start) * 1000, failed=failed)
        return answer


def _unusable(store: Path, error: sqlite3.Error) -> str:
    return (
        f"the simulated subscription {store} can't be used: {error}; nothing of this operation was kept\n"
        "    fix: free space on the disk or end what locks the file; a damaged file can be removed, and the next "
        "rehearsal starts from nothing"
    )


def _tell_partial(context: grpc.ServicerContext, written: Any, request: Any, reason: str) -> None:
    """Tells the engine that the resource is there and not well: it keeps it, and the next update writes it again."""
    properties = to_struct(in_state(from_struct(written.properties), FAILED))
    failed = provider_pb2.ErrorResourceInitFailed(
        id=getattr(written, "id", "") or request.id, properties=properties, reasons=[reason]
    )
    status = status_pb2.Status(code=grpc.StatusCode.UNKNOWN.value[0], message=reason)
    status.details.add().Pack(failed)
    context.set_trailing_metadata((("grpc-status-details-bin", status.SerializeToString()),))
    context.abort(grpc.StatusCode.UNKNOWN, reason)


def _detail(change: Change) -> Any:
    return provider_pb2.PropertyDiff(kind=_KINDS[change.kind, change.replaces], inputDiff=True)


def _token(request: Any) -> str:
    """The type of a request: sent by newer engines, else the last part of the URN's type chain."""
    return str(request.type) or str(request.urn).split("::")[2].split("$")[-1]
