"""The measured program: that each measure is really taken away."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from importlib import import_module
from ipaddress import ip_network
from pathlib import Path
from types import ModuleType

import pulumi
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.measures import Measure
from benchmark.program.networks import address_space
from components.aliases import drop_version_aliases

measured = import_module("benchmark.program.__main__")


@pytest.fixture(autouse=True)
def usual_collector() -> Iterator[None]:
    """The measured program starts with Python's own setting; the tests run with another (tests/conftest.py)."""
    thresholds = gc.get_threshold()
    gc.set_threshold(700)
    yield
    gc.set_threshold(*thresholds)


@pytest.fixture(scope="module")
def project() -> ModuleType:
    module: ModuleType = measured.load()
    return module


def test_the_program_without_measures_is_the_projects_own(project: ModuleType) -> None:
    assert Path(str(project.__file__)).samefile(Path(__file__).parents[2] / "__main__.py")
    measured.take_away(project, frozenset())
    assert project.drop_version_aliases is drop_version_aliases
    assert gc.get_threshold()[0] * 10 < project._RARELY


def test_each_measure_is_taken_away_alone() -> None:
    without_aliases, without_gc = measured.load(), measured.load()
    measured.take_away(without_aliases, frozenset({Measure.VERSION_ALIASES}))
    measured.take_away(without_gc, frozenset({Measure.GARBAGE_COLLECTION}))
    assert without_aliases.drop_version_aliases is not drop_version_aliases
    assert without_aliases.drop_version_aliases() is None
    assert gc.get_threshold()[0] < without_aliases._RARELY
    assert gc.get_threshold()[0] == without_gc._RARELY
    assert without_gc.drop_version_aliases is drop_version_aliases


def test_a_measure_that_moved_is_not_measured_as_worth_nothing(project: ModuleType) -> None:
    with pytest.raises(AttributeError, match="has no drop_everything any more; adapt"):
        measured.put(project, "drop_everything", None)


def test_the_debug_log_is_brought_back(monkeypatch: pytest.MonkeyPatch) -> None:
    silent = lambda *_args, **_kwargs: None  # noqa: E731 - as the language host does it
    monkeypatch.setattr(pulumi.log, "debug", silent)
    measured.restore_debug_log()
    assert pulumi.log.debug is not silent
    assert pulumi.log.debug.__module__ == "pulumi.log"


def test_forgotten_byte_code_is_neither_read_nor_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", None)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    measured.forget_byte_code()
    assert sys.dont_write_bytecode
    assert sys.pycache_prefix is not None
    assert not Path(sys.pycache_prefix).exists()


@given(st.sets(st.integers(min_value=0, max_value=65_535), min_size=2, max_size=2))
def test_generated_networks_are_disjoint(indices: set[int]) -> None:
    one, other = (ip_network(address_space(index)) for index in indices)
    assert not one.overlaps(other)
    assert one.prefixlen == 24
