"""The estimate prices what the facts price, and names the rest."""

from __future__ import annotations

import pytest

from docs import estimate_page
from docs.estimate_page import HOURS, hours, not_priced, pools, render
from facts.vm_prices import vm_price, vm_prices
from stacks.loading import load

STACKS = ("dev", "test", "prod", "dr")


@pytest.mark.capability("C5")
@pytest.mark.parametrize("stack", STACKS)
def test_every_pool_of_a_stack_is_priced_or_said_to_have_no_price(stack: str) -> None:
    section = render().partition(f"\n## {stack}\n")[2].partition("\n## ")[0]
    region = load(stack).region.value
    for pool in pools(load(stack)):
        price = vm_price(region, pool.size)
        shown = "not known" if price is None else f"{price.usd_per_hour:.3f}"
        assert f"| {pool.name} | `{pool.size}` | {pool.fewest} to {pool.most} | {shown} |" in section


@pytest.mark.capability("C5")
@pytest.mark.parametrize("stack", STACKS)
def test_what_is_not_priced_is_named_and_counted(stack: str) -> None:
    section = render().partition(f"\n## {stack}\n")[2].partition("\n## ")[0]
    assert not_priced(stack)["storage:StorageAccount"] >= 2
    for name, count in not_priced(stack).items():
        assert f"{name} ({count})" in section


@pytest.mark.capability("C4", "C5")
def test_a_cluster_that_sleeps_is_counted_for_the_hours_in_which_it_is_awake() -> None:
    assert hours(load("dev")) == pytest.approx(HOURS * 60 / 168)  # five days of twelve hours
    assert hours(load("prod")) == HOURS


def test_a_size_without_a_price_is_not_free() -> None:
    assert vm_price("canadacentral", "Standard_D4ds_v5") is not None
    assert vm_price("canadaeast", "Standard_NC4as_T4_v3") is None
    assert all(price.usd_per_hour > 0 for price in vm_prices().values())


def test_what_is_called_free_is_a_type_of_some_stack_or_of_a_choice() -> None:
    assert "ManagedCluster" not in estimate_page.FREE
    assert "StorageAccount" not in estimate_page.FREE


def test_what_is_paid_in_advance_is_named_until_it_ends() -> None:
    (reservation,) = load("prod").budget.reservations.values()
    assert f"(reserved until {reservation.ends_on}) | `{reservation.vm_size}` | {reservation.count} |" in render()
