"""The process: it says its port, serves, and ends when the engine says so or is gone."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest
from google.protobuf import empty_pb2
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc

from simulator.values import from_struct

ROOT = Path(__file__).parents[2]
EXECUTABLE = ROOT / "simulator" / "bin" / "pulumi-resource-azure-native"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PLATFORM_PYTHON": sys.executable,
        "PLATFORM_SIMULATOR_STORE": str(tmp_path / "subscription.sqlite"),
    }


@pytest.fixture
def process(environment: dict[str, str], tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [EXECUTABLE, "127.0.0.1:1"],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as started:
        yield started
        started.kill()


def port_of(process: subprocess.Popen[str]) -> int:
    assert process.stdout is not None
    return int(process.stdout.readline())


def test_it_prints_its_port_and_serves(process: subprocess.Popen[str]) -> None:
    with grpc.insecure_channel(f"127.0.0.1:{port_of(process)}") as channel:
        stub = provider_pb2_grpc.ResourceProviderStub(channel)
        assert stub.GetPluginInfo(empty_pb2.Empty()).version.startswith("3.")
        answer = stub.Invoke(provider_pb2.InvokeRequest(tok="azure-native:authorization:getClientConfig"))
        assert "tenantId" in from_struct(getattr(answer, "return"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_when_it_is_told_to_and_says_nothing(process: subprocess.Popen[str], number: signal.Signals) -> None:
    port_of(process)
    process.send_signal(number)
    output, errors = process.communicate(timeout=30)
    assert (process.returncode, output, errors) == (0, "", "")


def test_it_ends_when_the_engine_is_killed(environment: dict[str, str], tmp_path: Path) -> None:
    # The engine of this test starts the plugin, passes its port on, and is killed before it can end it.
    engine = (
        "import subprocess, sys, time\n"
        "plugin = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, text=True)\n"
        "print(plugin.pid, plugin.stdout.readline(), flush=True)\n"
        "time.sleep(60)\n"
    )
    command = [sys.executable, "-c", engine, str(EXECUTABLE)]
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        plugin = os.pidfd_open(int(started.stdout.readline().split()[0]))
        started.kill()
    try:
        assert select.select([plugin], [], [], 30)[0]
    finally:
        os.close(plugin)


def test_without_the_projects_environment_it_says_what_to_do(environment: dict[str, str], tmp_path: Path) -> None:
    missing = {**environment, "PLATFORM_PYTHON": str(tmp_path / "none")}
    done = subprocess.run([EXECUTABLE], env=missing, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "uv sync" in done.stderr


def test_it_starts_without_the_sdk_around_the_messages_and_leaves_it_importable() -> None:
    program = (
        "import sys, simulator.__main__\n"
        "assert not {'pulumi', 'pulumi.automation', 'simulator.resources.network'} & set(sys.modules)\n"
        "import pulumi\n"
        "from pulumi.runtime.proto import resource_pb2\n"
        "pulumi.Output.from_input(1)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
