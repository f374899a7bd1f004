"""The program itself, as Pulumi runs it."""

from __future__ import annotations

import gc
import runpy
from collections.abc import Iterator
from pathlib import Path

import pulumi
import pytest

from tests.components.recording import record

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """The program makes the garbage collector run seldom; other tests in this process look at how often it runs."""
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)


def program() -> None:
    runpy.run_path(str(ROOT / "__main__.py"), run_name="__main__")


@pytest.mark.parametrize("stack", ["dev", "test", "prod", "dr"])
def test_the_program_builds_the_stack_that_is_selected(stack: str) -> None:
    recorded = record(program, stack=stack)
    golden = (ROOT / "tests" / "goldens" / stack / "resources.txt").read_text(encoding="utf-8").splitlines()
    assert [f"{resource.type} {resource.name}" for resource in recorded] == golden


def test_version_aliases_are_dropped() -> None:
    recorded = record(program)
    assert max(resource.aliases for resource in recorded) < 5


def test_settings_that_can_not_be_used_end_the_run_with_words() -> None:
    with pytest.raises(pulumi.RunError, match="production"):
        record(program, stack="production")


def test_a_subscription_of_azure_is_not_built_from_placeholders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.components.recording.SUBSCRIPTION", "3f0c2a7e-5b1d-4c8e-9a60-7d2e1f4b6a05")
    with pytest.raises(pulumi.RunError, match="placeholder"):
        record(program)


def test_loading_the_module_does_nothing() -> None:
    assert record(lambda: runpy.run_path(str(ROOT / "__main__.py"), run_name="loaded")) == []
