from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine import state
from engine.cli import Engine


def exported(*types: str) -> dict[str, Any]:
    return {"version": 3, "deployment": {"resources": [{"type": name} for name in types]}}


def test_a_type_of_a_fixed_api_version_is_found_once() -> None:
    versioned = "azure-native:network/v20230201:VirtualNetwork"
    found = state.versioned_types(exported(versioned, versioned, "azure-native:network:Subnet", "pulumi:pulumi:Stack"))
    assert found == [versioned]


def test_a_preview_version_counts_too() -> None:
    assert state.versioned_types(exported("azure-native:app/v20230401preview:Job")) != []


def test_a_type_of_another_provider_does_not_count() -> None:
    assert state.versioned_types(exported("kubernetes:apps/v1:Deployment", "platform:network:Network")) == []


@pytest.mark.parametrize("nothing", [{}, {"deployment": {}}, {"deployment": {"resources": None}}])
def test_an_empty_state_holds_none(nothing: dict[str, Any]) -> None:
    assert state.versioned_types(nothing) == []


def fake(folder: Path, script: str) -> Engine:
    pulumi = folder / "pulumi"
    pulumi.write_text(f"#!/bin/sh\n{script}\n")
    pulumi.chmod(0o755)
    return Engine(pulumi=pulumi, version="3.274.1", origin="path", bin_dir=folder, needs_our_language_host=False)


def test_the_state_is_what_the_engine_exports(tmp_path: Path) -> None:
    engine = fake(tmp_path, f"echo '{json.dumps(exported('a'))}'")
    assert state.export(engine, "dev", tmp_path) == exported("a")


def test_a_stack_that_can_not_be_read_gives_the_engines_own_words(tmp_path: Path) -> None:
    engine = fake(tmp_path, "echo 'error: no stack named dev' >&2; exit 6")
    with pytest.raises(state.StateError, match="no stack named dev"):
        state.export(engine, "dev", tmp_path)
