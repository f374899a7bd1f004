"""The quota that a stack needs is shown before anything is created."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

import stacks
from rehearsal.quota import Comparison, Line, compare, render
from simulator.subscription import Subscription
from stacks.quota import by_family, needs

NONE = Subscription.model_validate({"quotas": {}})


def granted(family: str, vcpus: int) -> Subscription:
    return Subscription.model_validate({"quotas": {"canadacentral": {family: vcpus}}})


@pytest.mark.capability("G12")
def test_each_pool_counts_at_its_most_nodes_and_a_fallback_as_well() -> None:
    found = {need.pool: need for need in needs(stacks.load("prod"))}
    h100 = stacks.load("prod").cluster.gpu_pools["h100spot"]
    assert found["h100spot"].vcpus == found["h100spotod"].vcpus == 40 * h100.max_count
    assert (found["h100spot"].spot, found["h100spotod"].spot) == (True, False)


@pytest.mark.capability("G12")
@pytest.mark.parametrize(("spare", "enough"), [(-1, False), (0, True)])
def test_a_family_that_is_too_small_fails_and_one_that_just_fits_does_not(spare: int, enough: bool) -> None:
    settings = stacks.load("prod")
    family = "Standard NCASv3_T4 Family"
    comparison = compare(settings, granted(family, by_family(settings)[family] + spare))
    assert comparison.enough is enough


def test_what_nobody_knows_is_neither_enough_nor_short() -> None:
    comparison = compare(stacks.load("prod"), NONE)
    assert comparison.enough
    assert {line.granted for line in comparison.lines} == {None}


@pytest.mark.capability("G12")
def test_the_table_says_what_to_ask_for() -> None:
    text = StringIO()
    short = Line("Standard NCASv3_T4 Family", 64, 16, ("t4 8×NC8as_T4_v3",))
    render(Comparison("canadacentral", (short,), ("odd",)), Console(file=text, width=200))
    assert "ask Azure for 64 vCPUs in canadacentral" in text.getvalue()
    assert "odd: the quota of its size is not known" in text.getvalue()
