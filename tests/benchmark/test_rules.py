"""What is measured of judging: the process alone, and larger stacks that are still whole."""

from __future__ import annotations

import sys

import pytest

from benchmark.rules import times
from benchmark.startup import timed
from tests.policies.planned import planned

_LARGE = 300_000_000


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process does not take over the mark of its parent")
def test_memory_is_not_that_of_the_process_that_started_it() -> None:
    held = bytearray(_LARGE)
    held[::4096] = b"x" * len(held[::4096])  # a page that nobody has written to takes no memory
    printed = timed(["-c", "from benchmark.rules import largest_memory; print(largest_memory())"])[1]
    assert 10_000_000 < int(printed) < _LARGE / 2
    assert len(held) == _LARGE


def test_a_larger_stack_has_new_names_and_ids_in_each_copy() -> None:
    own = [one for one in planned("dev").resources if one.type.startswith(("azure-native:", "kubernetes:"))]
    larger = times(planned("dev"), 2 * len(own)).resources
    assert larger[: len(own)] == tuple(own)
    ids = [one.id for one in larger if one.id and "mlop" in one.id]
    assert len(set(ids)) == len(ids) > len(own)
