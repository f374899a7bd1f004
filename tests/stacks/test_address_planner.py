"""The address planner: properties over random plans."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv4Network
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from stacks.address_planner import SpaceExhaustedError, first_free, plan

pytestmark = pytest.mark.capability("N10")

SPACE = IPv4Network("10.40.0.0/20")
SIZES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(22, 29), max_size=8)
BLOCKS = st.integers(21, 29).flatmap(lambda prefix: st.sampled_from(list(SPACE.subnets(new_prefix=prefix))))


@given(taken=st.lists(BLOCKS, max_size=8), prefix=st.integers(20, 29))
def test_the_first_free_range_is_the_lowest_one_that_meets_nothing(taken: list[IPv4Network], prefix: int) -> None:
    free = [each for each in SPACE.subnets(new_prefix=prefix) if not any(each.overlaps(block) for block in taken)]
    assert first_free(SPACE, taken, prefix) == (free[0] if free else None)


@given(published=SIZES, wanted=SIZES)
def test_a_published_range_never_moves(published: Mapping[str, int], wanted: Mapping[str, int]) -> None:
    try:
        before = plan(SPACE, {}, published)
        after = plan(SPACE, before, wanted)
    except SpaceExhaustedError:
        assume(False)
    assert {name: after[name] for name in before} == before
    assert set(after) == set(before) | set(wanted)


@given(published=SIZES, wanted=SIZES)
def test_no_two_planned_ranges_meet_and_all_lie_in_the_space(
    published: Mapping[str, int], wanted: Mapping[str, int]
) -> None:
    try:
        ranges = plan(SPACE, plan(SPACE, {}, published), wanted)
    except SpaceExhaustedError:
        assume(False)
    assert not [pair for pair in combinations(ranges.values(), 2) if pair[0].overlaps(pair[1])]
    assert all(each.subnet_of(SPACE) for each in ranges.values())
    new = {name: prefix for name, prefix in wanted.items() if name not in published}
    assert all(ranges[name].prefixlen == prefix for name, prefix in new.items())


def test_a_space_without_room_says_what_does_not_fit() -> None:
    with pytest.raises(SpaceExhaustedError, match=r"no free /20 left for b"):
        plan(SPACE, {"a": IPv4Network("10.40.4.0/28")}, {"b": 20})


def test_a_space_smaller_than_the_range_holds_none() -> None:
    assert first_free(IPv4Network("10.40.0.16/28"), [], 24) is None
