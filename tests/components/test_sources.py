"""Each resource is noted with the line of the project that declares it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pulumi import ResourceOptions, ResourceTransformationArgs

from components import sources
from components.sources import remember_sources
from stacks.types import SOURCES_VARIABLE

HERE = Path(__file__)


class Declared:
    """Stands for a resource."""


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The transformations that are registered meanwhile."""
    found: list[Any] = []
    monkeypatch.setattr(sources, "register_stack_transformation", found.append)
    return found


def declare(transformation: Any) -> Any:
    return transformation(ResourceTransformationArgs(Declared(), "t:m:T", "one", {}, ResourceOptions()))  # type: ignore[arg-type]


def test_the_innermost_line_of_the_project_is_noted(
    tmp_path: Path, registered: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = tmp_path / "sources.jsonl"
    monkeypatch.setenv(SOURCES_VARIABLE, str(noted))
    remember_sources()
    assert declare(registered[0]) is None
    [[kind, name, file, line]] = [json.loads(text) for text in noted.read_text(encoding="utf-8").splitlines()]
    assert (kind, name, file) == ("t:m:T", "one", "tests/components/test_sources.py")
    assert "return transformation(" in HERE.read_text(encoding="utf-8").splitlines()[line - 1]


def test_a_resource_that_no_line_of_the_project_declares_is_not_noted(
    tmp_path: Path, registered: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SOURCES_VARIABLE, str(tmp_path / "sources.jsonl"))
    monkeypatch.setattr(sources, "ROOT", tmp_path)
    remember_sources()
    declare(registered[0])
    assert not (tmp_path / "sources.jsonl").exists()


def test_a_real_deployment_notes_nothing(registered: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SOURCES_VARIABLE, raising=False)
    remember_sources()
    assert registered == []
