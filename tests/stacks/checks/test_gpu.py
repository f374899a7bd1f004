"""GPU pools against each other: fallbacks, reserved capacity, shares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from stacks.checks import Check, gpu
from stacks.settings import Settings

Build = Callable[[Mapping[str, Any]], Settings]


def pool(expander: str = "priority", **values: Any) -> dict[str, Any]:
    return {"cluster": {"autoscaler": {"expander": expander}, "gpu_pools": {"t4": values}}}


T4 = "cluster.gpu_pools.t4"
GOOD = [
    (gpu.fallbacks_can_stand_in, pool(spot={})),
    (gpu.fallbacks_can_stand_in, pool(expander="least-waste", spot={"fallback": False})),
    (gpu.reserved_capacity_is_used, pool(reserved_nodes=2, max_count=2, zones=["1", "2"])),
    (gpu.slices_are_not_shared, pool(shares=4)),
]
BAD = [
    (gpu.fallbacks_can_stand_in, pool(expander="least-waste", spot={}), "cluster.autoscaler.expander"),
    (gpu.reserved_capacity_is_used, pool(reserved_nodes=1, spot={}), f"{T4}.reserved_nodes"),
    (gpu.reserved_capacity_is_used, pool(reserved_nodes=3, max_count=2), f"{T4}.reserved_nodes"),
    (gpu.reserved_capacity_is_used, pool(reserved_nodes=1, zones=["1", "2"]), f"{T4}.reserved_nodes"),
    (gpu.slices_are_not_shared, pool(shares=2, mig_profile="MIG3g"), f"{T4}.shares"),
]


def test_every_rule_has_a_good_and_a_bad_example(rules_of: Callable[..., set[Check]]) -> None:
    assert {rule for rule, _ in GOOD} == {rule for rule, _, _ in BAD} == rules_of(gpu)


@pytest.mark.parametrize(("rule", "changes"), GOOD)
def test_good_pools_pass(settings_with: Build, rule: Check, changes: dict[str, Any]) -> None:
    assert not list(rule(settings_with(changes)))


@pytest.mark.capability("G5")
@pytest.mark.parametrize(("rule", "changes", "path"), BAD)
def test_a_bad_pool_is_found(
    settings_with: Build, at: Callable[..., list[str]], rule: Check, changes: dict[str, Any], path: str
) -> None:
    assert at(rule, settings_with(changes)) == [path]


def test_the_name_of_a_fallback_fits(settings_with: Build, at: Callable[..., list[str]]) -> None:
    long = {"t4longername": {"vm_size": "Standard_NC4as_T4_v3", "max_count": 1, "spot": {}}}
    changes = {"cluster": {"autoscaler": {"expander": "priority"}, "gpu_pools": long}}
    assert "cluster.gpu_pools.t4longername.spot.fallback" in at(gpu.fallbacks_can_stand_in, settings_with(changes))
