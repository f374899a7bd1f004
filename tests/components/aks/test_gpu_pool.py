from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import pytest

import stacks
from components.aks.gpu_pool import DEVICE_CONFIG, POOL, TEAM, GpuPool, GpuPoolArgs, node_labels, node_taints, problems
from components.aks.node_pool import SPOT as SPOT_KEY
from facts.vm_sizes import vm_size
from tests.components.examples import GPU_POOL, SPOT
from tests.components.recording import one, record

SPOT_POOL = replace(GPU_POOL, spot=SPOT)


def inputs(args: GpuPoolArgs = GPU_POOL) -> dict[str, Any]:
    return one(record(lambda: GpuPool("x", args)), "containerservice:AgentPool").inputs


@pytest.mark.capability("G1")
def test_the_pool_scales_to_zero_and_the_autoscaler_owns_the_count() -> None:
    pool = one(record(lambda: GpuPool("x", GPU_POOL)), "containerservice:AgentPool")
    assert (pool.inputs["minCount"], pool.inputs["maxCount"]) == (0, 2)
    assert pool.inputs["enableAutoScaling"] is True
    assert "count" in pool.ignore_changes


@pytest.mark.capability("A4")
def test_nodes_are_encrypted_on_the_host_and_an_older_pool_stays_as_it_was_made() -> None:
    pool = one(record(lambda: GpuPool("x", GPU_POOL)), "containerservice:AgentPool")
    assert pool.inputs["enableEncryptionAtHost"] is True
    assert "enableEncryptionAtHost" in pool.ignore_changes


def test_only_pods_that_ask_for_a_gpu_land_there() -> None:
    assert inputs()["nodeTaints"] == ["nvidia.com/gpu=present:NoSchedule", "team=vision:NoSchedule"]
    assert inputs()["nodeLabels"]["team"] == "vision"


@pytest.mark.capability("G1")
def test_a_pool_without_nodes_is_known_by_its_accelerator_and_name() -> None:
    assert inputs()["nodeLabels"].items() >= {"accelerator": "nvidia", POOL: "t4"}.items()


@pytest.mark.capability("G1")
def test_the_pool_of_a_team_is_closed_to_others() -> None:
    made = inputs(replace(GPU_POOL, team="ml-serving"))
    assert f"{TEAM}=ml-serving:NoSchedule" in made["nodeTaints"]
    assert made["nodeLabels"][TEAM] == "ml-serving"


@pytest.mark.capability("G2")
@pytest.mark.parametrize(("driver", "aks", "operator"), [("aks", "Install", "false"), ("operator", "None", None)])
def test_exactly_one_side_installs_the_driver(driver: Literal["aks", "operator"], aks: str, operator: object) -> None:
    made = inputs(replace(GPU_POOL, driver=driver))
    assert made["gpuProfile"] == {"driver": aks}
    parts = {made["nodeLabels"].get(f"nvidia.com/gpu.deploy.{part}") for part in ("driver", "container-toolkit")}
    assert parts == {operator}


@pytest.mark.capability("G3")
@pytest.mark.parametrize(
    ("profile", "strategy", "shares", "config"),
    [(None, "single", 1, "whole"), (None, "single", 4, "shares-4"), ("MIG3g", "mixed", 1, "mig-mixed")],
)
def test_the_device_plugin_is_told_how_gpus_are_offered(
    profile: str | None, strategy: Literal["single", "mixed"], shares: int, config: str
) -> None:
    size = "Standard_NC24ads_A100_v4"
    args = replace(GPU_POOL, vm_size=size, mig_profile=profile, mig_strategy=strategy, shares=shares)
    assert inputs(args)["nodeLabels"][DEVICE_CONFIG] == config


@pytest.mark.capability("G5")
def test_reserved_capacity_reaches_the_pool() -> None:
    made = inputs(replace(GPU_POOL, capacity_reservation_group_id="/reserved"))
    assert made["capacityReservationGroupID"] == "/reserved"


def test_an_amd_gpu_has_amds_taint() -> None:
    assert node_taints(replace(GPU_POOL, vm_size="Standard_ND96isr_MI300X_v5"))[0] == "amd.com/gpu=present:NoSchedule"


@pytest.mark.capability("G4")
def test_spot_has_its_taint_label_and_price_and_no_surge() -> None:
    made = inputs(SPOT_POOL)
    assert made["scaleSetPriority"] == "Spot"
    assert made["scaleSetEvictionPolicy"] == "Delete"
    assert made["spotMaxPrice"] == -1
    assert "upgradeSettings" not in made
    assert f"{SPOT_KEY}=spot:NoSchedule" in made["nodeTaints"]
    assert made["nodeLabels"][SPOT_KEY] == "spot"


def test_on_demand_has_no_spot_settings_and_upgrades_in_place() -> None:
    made = inputs()
    assert made["scaleSetPriority"] == "Regular"
    assert "spotMaxPrice" not in made
    assert "scaleSetEvictionPolicy" not in made
    assert made["upgradeSettings"] == {"maxSurge": "0", "maxUnavailable": "1"}
    assert SPOT_KEY not in node_labels(GPU_POOL)


@pytest.mark.capability("G3")
@pytest.mark.parametrize(("profile", "expected"), [(None, None), ("MIG3g", "MIG3g")])
def test_slices_are_set_only_when_asked_for(profile: str | None, expected: str | None) -> None:
    args = replace(GPU_POOL, vm_size="Standard_NC24ads_A100_v4", mig_profile=profile)
    assert inputs(args).get("gpuInstanceProfile") == expected


@pytest.mark.parametrize(("zones", "expected"), [((), None), (("1", "3"), ["1", "3"])])
def test_zones_are_set_only_where_there_are_some(zones: tuple[str, ...], expected: object) -> None:
    assert inputs(replace(GPU_POOL, zones=zones)).get("availabilityZones") == expected


@pytest.mark.parametrize(
    ("args", "problem"),
    [
        (replace(GPU_POOL, vm_size="Standard_D4ds_v5"), "Standard_D4ds_v5 has no GPU"),
        (replace(GPU_POOL, min_count=3), "3 to 2 nodes"),
        (replace(GPU_POOL, mig_profile="MIG1g"), "Standard_NC4as_T4_v3 can't be sliced"),
        (replace(GPU_POOL, spot=SPOT, capacity_reservation_group_id="/r"), "a spot pool can't use reserved capacity"),
        (replace(GPU_POOL, labels={SPOT_KEY: "spot"}), f"{SPOT_KEY} is set by the platform"),
        (replace(GPU_POOL, taints=(f"{SPOT_KEY}=spot:NoSchedule",)), f"{SPOT_KEY} is set by the platform"),
    ],
)
def test_what_aks_would_refuse_is_a_problem(args: GpuPoolArgs, problem: str) -> None:
    assert [found[: len(problem)] for found in problems(args)] == [problem]


@pytest.mark.parametrize("args", [GPU_POOL, SPOT_POOL, replace(GPU_POOL, min_count=2)])
def test_good_pools_have_no_problem(args: GpuPoolArgs) -> None:
    assert problems(args) == []


@pytest.mark.capability("G10")
def test_nodes_of_a_size_with_infiniband_leave_their_driver_to_the_operator() -> None:
    pool = stacks.load("prod").cluster.gpu_pools["h100ib"]
    assert vm_size(pool.vm_size).rdma is True
    assert pool.driver == "operator"
