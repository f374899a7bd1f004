"""The Kubernetes provider: built only when asked for, once, from its own schema with the SDK's version in it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import grpc
import pytest
from google.protobuf import empty_pb2
from pulumi.runtime.proto import provider_pb2_grpc

from engine import cache, kubernetes, plugins
from engine.source import BuildError

Executable = Callable[..., Path]

FAKE_GO = """
if [ "$1" = mod ]; then echo "{\\"Dir\\": \\"$HOME/published\\"}"; exit; fi
cat schema.json > "$HOME/schema.json"
while [ $# -gt 0 ]; do [ "$1" = -o ] && target=$2; shift; done
echo '#!/bin/sh' > "$target"; chmod +x "$target"
"""


@pytest.fixture
def published(tmp_path: Path) -> None:
    folder = tmp_path / "published" / "cmd" / "pulumi-resource-kubernetes"
    folder.mkdir(parents=True)
    (folder / "schema.json").write_text('{"name": "kubernetes"}')
    (folder / "terraform-mapping.json").write_text("{}")


def test_the_provider_is_built_with_the_version_of_the_sdk(
    executable: Executable, bare: dict[str, str], tmp_path: Path, published: None
) -> None:
    executable("bin/go", FAKE_GO)
    assert kubernetes.find(bare) is None
    built = kubernetes.ensure(environ=bare)
    assert built == kubernetes.find(bare) == kubernetes.ensure(environ=bare)
    version = plugins.sdk_version("pulumi-kubernetes")
    assert json.loads((tmp_path / "schema.json").read_text()) == {"name": "kubernetes", "version": version}
    assert sorted(path.name for path in built.parent.parent.iterdir()) == ["bin", "origin.json"]


def test_a_failing_build_leaves_nothing(executable: Executable, bare: dict[str, str], published: None) -> None:
    executable("bin/go", "echo 'module not found' >&2; exit 1")
    with pytest.raises(BuildError, match="module not found"):
        kubernetes.ensure(environ=bare)
    assert [path.name for path in cache.root(bare).iterdir()] == [".lock"]


@pytest.mark.engine
@pytest.mark.skipif(kubernetes.find() is None, reason="built only when asked for: uv run python -m engine kubernetes")
def test_the_built_provider_starts_and_tells_its_version() -> None:
    provider = kubernetes.find()
    assert provider is not None
    process = subprocess.Popen([provider], stdout=subprocess.PIPE, env=os.environ | {"KUBECONFIG": os.devnull})
    assert process.stdout is not None
    try:
        port = int(process.stdout.readline())
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            told = provider_pb2_grpc.ResourceProviderStub(channel).GetPluginInfo(empty_pb2.Empty(), timeout=30)
        assert told.version == plugins.sdk_version("pulumi-kubernetes")
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
