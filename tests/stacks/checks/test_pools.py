"""Node pools: sizes, bounds, zones and GPUs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from stacks.checks import Check, pools
from stacks.settings import Settings

Build = Callable[[Mapping[str, Any]], Settings]


def system(**pool: Any) -> dict[str, Any]:
    return {"cluster": {"system_pool": pool}}


def gpu(**pool: Any) -> dict[str, Any]:
    return {"cluster": {"gpu_pools": {"t4": pool}}}


EAST = {"region": "canadaeast"}
A100 = "Standard_NC24ads_A100_v4"
MI300X = "Standard_ND96isr_MI300X_v5"

GOOD = [
    (pools.bounds_are_in_order, system(min_count=3, max_count=3)),
    (pools.bounds_are_in_order, gpu(min_count=2, max_count=2)),
    (pools.sizes_are_offered, {}),
    (pools.sizes_are_offered, gpu(vm_size="Standard_NC40ads_H100_v5")),
    (pools.sizes_are_offered, {**EAST, **gpu(vm_size="Standard_ND96amsr_A100_v4")}),
    (pools.system_pool_suits_system_pods, system(vm_size="Standard_D4s_v5")),
    (pools.gpu_pools_have_gpus, gpu(vm_size="Standard_NV6ads_A10_v5")),
    (pools.mig_fits_the_gpu, gpu(vm_size=A100, mig_profile="MIG3g")),
    (pools.mig_fits_the_gpu, gpu(vm_size="Standard_NC40ads_H100_v5", mig_profile="MIG1g")),
    (pools.mig_fits_the_gpu, gpu(driver="operator")),
    (pools.mig_fits_the_gpu, gpu(vm_size=A100, mig_profile="MIG3g", mig_strategy="mixed")),
    (pools.mig_fits_the_gpu, {**EAST, **gpu(vm_size="Standard_ND96isr_H200_v5", mig_profile="MIG1g")}),
    (pools.labels_are_not_the_platforms, gpu(labels={"example.org/purpose": "maps", "nvidia.com/mig.config": "x"})),
    (pools.driver_fits_the_gpu, gpu(vm_size=MI300X, driver="operator")),
    (pools.driver_fits_the_gpu, {}),
    (pools.zones_exist, gpu(zones=["1", "2", "3"])),
    (pools.zones_exist, EAST),
    (pools.spot_price_is_a_price, {}),
    (pools.spot_price_is_a_price, gpu(spot={})),
    (pools.spot_price_is_a_price, gpu(spot={"max_price": 0.01})),
]

BAD = [
    (pools.bounds_are_in_order, system(min_count=4, max_count=3), "cluster.system_pool.min_count"),
    (pools.bounds_are_in_order, gpu(min_count=3, max_count=2), "cluster.gpu_pools.t4.min_count"),
    (pools.sizes_are_offered, gpu(vm_size="Standard_ND96isr_H200_v5"), "cluster.gpu_pools.t4.vm_size"),
    (pools.sizes_are_offered, EAST, "cluster.gpu_pools.t4.vm_size"),
    (pools.sizes_are_offered, system(vm_size="Standard_D4ds_v55"), "cluster.system_pool.vm_size"),
    (pools.system_pool_suits_system_pods, system(vm_size="Standard_D2ds_v5"), "cluster.system_pool.vm_size"),
    (pools.system_pool_suits_system_pods, system(vm_size="Standard_NC4as_T4_v3"), "cluster.system_pool.vm_size"),
    (pools.gpu_pools_have_gpus, gpu(vm_size="Standard_D4ds_v5"), "cluster.gpu_pools.t4.vm_size"),
    (pools.mig_fits_the_gpu, gpu(mig_profile="MIG1g"), "cluster.gpu_pools.t4.mig_profile"),
    (
        pools.mig_fits_the_gpu,
        {**EAST, **gpu(vm_size="Standard_ND96isr_H200_v5", mig_profile="MIG1g", mig_strategy="mixed")},
        "cluster.gpu_pools.t4.mig_strategy",
    ),
    *(
        (pools.labels_are_not_the_platforms, gpu(labels={label: "x"}), f"cluster.gpu_pools.t4.labels.{label}")
        for label in ("accelerator", "platform.gov/team", "node.kubernetes.io/role")
    ),
    (
        pools.mig_fits_the_gpu,
        gpu(vm_size="Standard_ND128isr_GB300_v6", mig_profile="MIG1g"),
        "cluster.gpu_pools.t4.mig_profile",
    ),
    (pools.mig_fits_the_gpu, gpu(vm_size=A100, mig_profile="MIG1g", driver="operator"), "cluster.gpu_pools.t4.driver"),
    (pools.driver_fits_the_gpu, gpu(vm_size=MI300X), "cluster.gpu_pools.t4.driver"),
    (pools.zones_exist, {**EAST, **system(zones=["1"])}, "cluster.system_pool.zones"),
    (pools.zones_exist, gpu(zones=["1", "2", "1"]), "cluster.gpu_pools.t4.zones"),
    (pools.spot_price_is_a_price, gpu(spot={"max_price": 0}), "cluster.gpu_pools.t4.spot.max_price"),
    (pools.spot_price_is_a_price, gpu(spot={"max_price": -0.5}), "cluster.gpu_pools.t4.spot.max_price"),
]


def test_every_rule_has_a_good_and_a_bad_example(rules_of: Callable[..., set[Check]]) -> None:
    assert {rule for rule, _ in GOOD} == {rule for rule, _, _ in BAD} == rules_of(pools)


@pytest.mark.parametrize(("rule", "changes"), GOOD)
def test_a_good_pool_passes(settings_with: Build, rule: Check, changes: dict[str, Any]) -> None:
    assert not list(rule(settings_with(changes)))


@pytest.mark.parametrize(("rule", "changes", "path"), BAD)
def test_a_bad_pool_is_found(
    settings_with: Build, at: Callable[..., list[str]], rule: Check, changes: dict[str, Any], path: str
) -> None:
    assert at(rule, settings_with(changes)) == [path]


def test_a_size_that_the_region_lacks_lists_the_gpu_sizes_that_it_has(settings_with: Build) -> None:
    (problem,) = pools.sizes_are_offered(settings_with(gpu(vm_size="Standard_ND96isr_H200_v5")))
    assert "Standard_NC4as_T4_v3, " in problem.fix
    assert "Standard_D4ds_v5" not in problem.fix


def test_a_system_size_that_the_region_lacks_lists_no_gpu_size(settings_with: Build) -> None:
    changes = {
        "region": "canadaeast",
        "cluster": {"system_pool": {"vm_size": "Standard_NC4as_T4_v3"}, "gpu_pools": None},
    }
    (problem,) = pools.sizes_are_offered(settings_with(changes))
    assert "Standard_D4ds_v5" in problem.fix
    assert "Standard_N" not in problem.fix


def test_a_size_that_nobody_knows_suggests_the_nearest(settings_with: Build) -> None:
    (problem,) = pools.sizes_are_offered(settings_with(gpu(vm_size="Standard_NC4as_T4_v4")))
    assert problem.what == "Standard_NC4as_T4_v4 is not in facts/vm_sizes.csv. Did you mean Standard_NC4as_T4_v3?"


def test_a_size_that_nobody_knows_is_reported_once(settings_with: Build) -> None:
    from stacks.checks import check

    settings = settings_with(gpu(vm_size="Standard_NC4as_T4_v4", mig_profile="MIG1g"))
    assert len(check(settings)) == 1


def test_whether_a_gpu_can_be_sliced_is_never_guessed(settings_with: Build) -> None:
    settings = settings_with(gpu(vm_size="Standard_ND128isr_GB300_v6", mig_profile="MIG1g"))
    (problem,) = pools.mig_fits_the_gpu(settings)
    assert "is not known to be sliceable" in problem.what
