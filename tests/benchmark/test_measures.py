from __future__ import annotations

import subprocess
import sys
from collections.abc import Set as AbstractSet

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.measures import Measure, left_out, resources, variables


@given(st.frozensets(st.sampled_from(Measure)), st.none() | st.integers(min_value=1))
def test_the_program_reads_what_the_benchmark_asks_for(without: AbstractSet[Measure], count: int | None) -> None:
    asked = variables(without, count)
    assert left_out(asked) == without
    assert resources(asked) == count


def test_nothing_asked_for_is_the_platform_with_all_measures() -> None:
    assert left_out({}) == frozenset()
    assert resources({}) is None


def test_a_measure_that_is_none_is_refused() -> None:
    with pytest.raises(KeyError, match="SPEED"):
        left_out({"PLATFORM_BENCHMARK_WITHOUT": "SPEED"})


def test_the_measured_program_is_not_charged_for_the_benchmark() -> None:
    """The program imports `benchmark.measures`; what that loads counts as its own time and memory."""
    code = "import sys, benchmark.measures; print(*sorted({'rich', 'psutil', 'filelock', 'engine'} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == ""
