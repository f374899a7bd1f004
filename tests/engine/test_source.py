"""How a Go module is built, with a fake `go`."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from engine import source
from engine.cli import WANTED
from engine.progress import Silent

Executable = Callable[..., Path]

RECORDING_GO = """
echo "$@" > "$HOME/arguments"
echo "$CGO_ENABLED $GOWORK $PWD" > "$HOME/surroundings"
echo "go: downloading example.com/a v1.0.0" >&2
echo "go: downloading example.com/b v1.0.0" >&2
echo example.com/a >&2
while [ $# -gt 0 ]; do [ "$1" = -o ] && target=$2; shift; done
touch "$target"
"""


class Listener(Silent):
    def __init__(self) -> None:
        self.said: list[str] = []

    def start(self, what: str, why: str, usually: str) -> None:
        self.said.append(f"{what}|{why}|{usually}")

    def update(self, text: str) -> None:
        self.said.append(text)

    def finish(self, text: str) -> None:
        self.said.append(text)


def test_the_build_is_locked_and_needs_no_c_compiler(
    executable: Executable, bare: dict[str, str], tmp_path: Path
) -> None:
    executable("bin/go", RECORDING_GO)
    assert source.build(source.cli(WANTED), tmp_path, Silent(), bare) == tmp_path / "bin" / "pulumi"
    arguments = (tmp_path / "arguments").read_text()
    assert "-mod=readonly" in arguments
    assert f"version.Version={WANTED}" in arguments
    assert (tmp_path / "surroundings").read_text().strip() == f"0 off {source.MODULES / 'cli'}"


def test_the_build_says_what_for_how_long_and_how_far(
    executable: Executable, bare: dict[str, str], tmp_path: Path
) -> None:
    executable("bin/go", RECORDING_GO)
    listener = Listener()
    source.build(source.cli(WANTED), tmp_path, listener, bare)
    assert re.fullmatch(r"Building Pulumi .*\|the engine that .*\|3 to 5 minutes.*", listener.said[0])
    assert listener.said[-2] == "2 modules downloaded, 1 packages compiled"
    assert listener.said[-1] == "Built pulumi"


def test_a_failing_build_shows_what_go_said_last(executable: Executable, bare: dict[str, str], tmp_path: Path) -> None:
    executable("bin/go", "for i in $(seq 100); do echo line-$i; done; exit 2")
    with pytest.raises(source.BuildError) as raised:
        source.build(source.cli(WANTED), tmp_path, Silent(), bare)
    assert "exited 2" in str(raised.value)
    assert "line-100" in str(raised.value)
    assert "line-1\n" not in str(raised.value)


def test_a_build_without_result_is_a_failure(executable: Executable, bare: dict[str, str], tmp_path: Path) -> None:
    executable("bin/go", "true")
    with pytest.raises(source.BuildError, match="exited 0"):
        source.build(source.cli(WANTED), tmp_path, Silent(), bare)


def test_the_locked_module_is_the_wanted_version() -> None:
    locked = (source.MODULES / "cli" / "go.mod").read_text()
    assert f"github.com/pulumi/pulumi/pkg/v3 v{WANTED}" in locked
    assert f"github.com/pulumi/pulumi/pkg/v3 v{WANTED} h1:" in (source.MODULES / "cli" / "go.sum").read_text()
