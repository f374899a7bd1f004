"""The gRPC service `pulumirpc.LanguageRuntime` for Python programs.

It owns the translation between the engine's requests and the modules beside it. It writes no code (`pulumi package
add`, `pulumi convert`, the code that `pulumi import` prints): that is a generator of its own, which only the official
host has.

Method names and signatures are those of the protocol, hence:
"""
# ruff: noqa: N802, ARG002

from __future__ import annotations

import base64
import os
import queue
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import grpc
from google.protobuf import empty_pb2
from google.protobuf.json_format import MessageToDict
from pulumi.runtime.proto import language_pb2, language_pb2_grpc, plugin_pb2

from engine.language_host import dependencies, packages
from engine.language_host.children import Children, exit_text
from engine.language_host.interpreter import Interpreter, OptionError, find
from engine.language_host.runner import EXIT_REPORTED

VERSION = "1.0.0"
"""Of this host; shown by `pulumi about` and recorded in states."""


class LanguageHost(language_pb2_grpc.LanguageRuntimeServicer):
    """Answers the engine. One instance per process; its methods run on several threads."""

    def __init__(self, engine_address: str, *, verbose: bool, children: Children) -> None:
        self._engine_address = engine_address
        self._verbose = verbose
        self._children = children

    def Handshake(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Take the engine's address from the request; newer engines tell it here as well as on the command line."""
        self._engine_address = request.engine_address or self._engine_address
        return language_pb2.LanguageHandshakeResponse()

    def GetPluginInfo(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Return this host's own version."""
        return plugin_pb2.PluginInfo(version=VERSION)

    def GetRequiredPackages(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Return the provider plugins that the SDKs in the program's environment need."""
        needs = packages.required_plugins(self._interpreter(request.info, context).package_folders())
        return language_pb2.GetRequiredPackagesResponse(packages=[_package(need) for need in needs])

    def GetRequiredPlugins(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Return the same as GetRequiredPackages, for engines that only know plugins."""
        needs = packages.required_plugins(self._interpreter(request.info, context).package_folders())
        plugins = [
            plugin_pb2.PluginDependency(name=need.name, kind="resource", version=need.version, server=need.server)
            for need in needs
        ]
        return language_pb2.GetRequiredPluginsResponse(plugins=plugins)

    def Run(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Run the program to its end. Its failures are shown by the runner; only its death is reported here."""
        if request.attach_debugger:
            return language_pb2.RunResponse(error="--attach-debugger needs the official language host")
        try:
            interpreter = find(_options(request.info), Path(request.info.root_directory))
            child = self._children.start(
                interpreter, self._program_request(request), folder=Path(request.pwd), environment=os.environ
            )
        except (OptionError, OSError, RuntimeError) as error:
            return language_pb2.RunResponse(error=str(error))
        _stop_when_abandoned(context, self._children, child)
        status = self._children.wait(child)
        if status == 0:
            return language_pb2.RunResponse()
        if status == EXIT_REPORTED:
            return language_pb2.RunResponse(bail=True)
        return language_pb2.RunResponse(error=f"the program {exit_text(status)}")

    def _program_request(self, request: Any) -> dict[str, Any]:
        return {
            "mode": "program",
            "target": str(Path(request.info.program_directory) / request.info.entry_point),
            "args": list(request.args),
            "project": request.project,
            "stack": request.stack,
            "organization": request.organization,
            "root_directory": request.info.root_directory,
            "monitor": request.monitor_address,
            "engine": self._engine_address,
            "parallel": request.parallel,
            "dry_run": request.dryRun,
            "config": dict(request.config),
            "secret_keys": list(request.configSecretKeys),
            "verbose": self._verbose,
        }

    def RunPlugin(self, request: Any, context: grpc.ServicerContext) -> Iterator[Any]:
        """Run a policy pack (kind `analyzer`) or another plugin written in Python, and stream its output."""
        interpreter = self._interpreter(request.info, context)
        folder = request.info.program_directory
        is_policy_pack = request.kind == "analyzer"
        plugin_request = {
            "mode": "plugin",
            "is_module": is_policy_pack,
            "target": "pulumi.policy" if is_policy_pack else str(Path(folder) / request.info.entry_point),
            "args": [*request.args, folder] if is_policy_pack else list(request.args),
        }
        environment = dict(variable.partition("=")[::2] for variable in request.env) or os.environ
        try:
            child = self._children.start(
                interpreter,
                plugin_request,
                folder=Path(request.pwd or folder),
                environment=environment,
                captured=True,
            )
        except (OSError, RuntimeError) as error:
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, f"the plugin in {folder} can't be started: {error}")
        _stop_when_abandoned(context, self._children, child)
        try:
            for stdout, stderr in _output(child):
                answer = {"stdout": stdout} if stdout else {"stderr": stderr}
                yield language_pb2.RunPluginResponse(**answer)  # type: ignore[arg-type]  # exitcode is not among them
        finally:  # also when the engine stops listening, which closes this generator at its `yield`
            status = self._children.wait(child)
        yield language_pb2.RunPluginResponse(exitcode=status)

    def About(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Return the program's interpreter and its version."""
        interpreter = self._interpreter(request.info, context)
        asked = subprocess.run(
            [str(interpreter.executable), "-c", "import platform; print(platform.python_version())"],
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        return language_pb2.AboutResponse(executable=str(interpreter.executable), version=asked.stdout.strip())

    def GetProgramDependencies(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Return the packages installed for the program."""
        folders = self._interpreter(request.info, context).package_folders()
        found = packages.installed(folders, transitive=request.transitiveDependencies)
        return language_pb2.GetProgramDependenciesResponse(
            dependencies=[language_pb2.DependencyInfo(name=name, version=version) for name, version in found]
        )

    def InstallDependencies(self, request: Any, context: grpc.ServicerContext) -> Iterator[Any]:
        """Run the toolchain's install commands and stream what they say."""
        program = Path(request.info.program_directory or request.directory)
        root = Path(request.info.root_directory or program)
        try:
            commands = dependencies.install_commands(_options(request.info), root, program)
            for command in commands:
                yield language_pb2.InstallDependenciesResponse(stdout=f"$ {' '.join(command)}\n".encode())
                child = subprocess.Popen(command, cwd=program, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                for stdout, stderr in _output(child):
                    yield language_pb2.InstallDependenciesResponse(stdout=stdout, stderr=stderr)
                if child.wait() != 0:
                    context.abort(grpc.StatusCode.INTERNAL, f"`{' '.join(command)}` {exit_text(child.returncode)}")
        except (OptionError, OSError) as error:
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, str(error))

    def RuntimeOptionsPrompts(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Ask nothing: `pulumi new` then keeps the options of the template."""
        return language_pb2.RuntimeOptionsResponse()

    def GenerateProgram(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Refuse; `pulumi import` asks for it after the import is done, so say that it is."""
        context.abort(
            grpc.StatusCode.UNIMPLEMENTED,
            "a CLI built from source writes no Python code. After `pulumi import`: the resource is imported; declare "
            "it in the program yourself (with --generate-code=false, `pulumi import` does not ask for code)",
        )

    def Cancel(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Interrupt what runs, as Ctrl-C does."""
        self._children.stop_all(final=False)
        return empty_pb2.Empty()

    def _interpreter(self, info: Any, context: grpc.ServicerContext) -> Interpreter:
        try:
            return find(_options(info), Path(info.root_directory))
        except OptionError as error:
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, str(error))
            raise  # abort() never returns; this tells the reader and the type checker


def _options(info: Any) -> dict[str, str]:
    return {name: str(value) for name, value in MessageToDict(info.options).items()}


def _package(need: packages.PluginNeed) -> Any:
    package = plugin_pb2.PackageDependency(name=need.name, kind="resource", version=need.version, server=need.server)
    if need.parameterization:
        package.parameterization.name = need.parameterization["name"]
        package.parameterization.version = need.parameterization["version"]
        package.parameterization.value = base64.b64decode(need.parameterization["value"])
    return package


def _stop_when_abandoned(context: grpc.ServicerContext, children: Children, child: subprocess.Popen[bytes]) -> None:
    """Stop `child` when the call ends before it does: the engine gave up, or is gone."""
    stop = threading.Thread(target=children.stop, args=(child,), daemon=True)
    if not context.add_callback(stop.start):  # the call ended already
        stop.start()


def _output(child: subprocess.Popen[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Yield (standard output, standard error), one of them empty, as `child` writes them, until both end."""
    chunks: queue.Queue[tuple[bytes, bytes] | None] = queue.Queue()

    def pump(stream: IO[bytes], *, is_stdout: bool) -> None:
        while chunk := os.read(stream.fileno(), 65536):
            chunks.put((chunk, b"") if is_stdout else (b"", chunk))
        chunks.put(None)

    assert child.stdout is not None  # noqa: S101 - callers ask for both pipes
    assert child.stderr is not None  # noqa: S101
    threading.Thread(target=pump, args=(child.stdout,), kwargs={"is_stdout": True}, daemon=True).start()
    threading.Thread(target=pump, args=(child.stderr,), kwargs={"is_stdout": False}, daemon=True).start()
    for _stream in range(2):
        while (chunk := chunks.get()) is not None:
            yield chunk
    child.stdout.close()
    child.stderr.close()
