"""Plugins are put where the engine finds them, in one step."""

from __future__ import annotations

import subprocess
from importlib import metadata
from pathlib import Path

import pytest

from engine import plugins


def test_a_placed_plugin_runs_the_command_with_the_engines_arguments(tmp_path: Path) -> None:
    placed = plugins.place(tmp_path, "azure-native", "3.29.0", ["echo", "two words", "it's"])
    assert placed == tmp_path / "plugins" / "resource-azure-native-v3.29.0" / "pulumi-resource-azure-native"
    assert subprocess.check_output([placed, "127.0.0.1:1"], text=True) == "two words it's 127.0.0.1:1\n"


def test_placing_again_changes_only_what_differs(tmp_path: Path) -> None:
    first = plugins.place(tmp_path, "x", "1.0.0", ["true"])
    before = first.stat().st_ino
    assert plugins.place(tmp_path, "x", "1.0.0", ["true"]).stat().st_ino == before
    assert plugins.place(tmp_path, "x", "1.0.0", ["false"]).stat().st_ino != before
    assert [path.name for path in first.parent.iterdir()] == ["pulumi-resource-x"]


def test_a_removed_plugin_is_gone_and_removing_again_is_fine(tmp_path: Path) -> None:
    placed = plugins.place(tmp_path, "x", "1.0.0", ["true"])
    plugins.remove(tmp_path, "x", "1.0.0")
    plugins.remove(tmp_path, "x", "1.0.0")
    assert not placed.parent.exists()


def test_the_sdk_tells_the_version_of_its_plugin() -> None:
    assert plugins.sdk_version("pulumi-azure-native") == metadata.version("pulumi-azure-native")
    with pytest.raises(metadata.PackageNotFoundError):
        plugins.sdk_version("pulumi-nothing")
