"""Which pods go first, and which pools grow first."""

from __future__ import annotations

from dataclasses import replace

import pytest
import yaml

import stacks
from components.kubernetes.priorities import CLASSES, Priorities, problems
from components.kubernetes.wiring import pool_priorities
from tests.components.kubernetes.examples import PRIORITIES
from tests.components.recording import one, record


@pytest.mark.capability("G5")
def test_the_expander_reads_every_pool_from_its_table() -> None:
    table = one(record(lambda: Priorities("x", PRIORITIES)), ":ConfigMap").inputs
    assert table["metadata"] == {"name": "cluster-autoscaler-priority-expander", "namespace": "kube-system"}
    assert yaml.safe_load(table["data"]["priorities"]) == {
        100: ["^aks-system-.*"],
        90: ["^aks-t4spot-.*"],
        80: ["^aks-t4spotod-.*"],
    }


@pytest.mark.capability("G5")
def test_spare_capacity_is_asked_before_its_fallback_and_the_small_gpu_before_the_large_one() -> None:
    found = pool_priorities(stacks.load("prod").cluster)
    assert found["h100spot"] > found["h100spotod"]
    assert found["t4"] > found["a100"] > found["h100ib"]


def test_no_pool_is_left_out_of_the_table() -> None:
    cluster = stacks.load("prod").cluster
    assert {"system", *cluster.pools, *cluster.gpu_pools} <= set(pool_priorities(cluster))


def test_without_pools_there_is_no_table() -> None:
    recorded = record(lambda: Priorities("x", replace(PRIORITIES, pools={})))
    assert not [each for each in recorded if each.type.endswith(":ConfigMap")]


def test_every_priority_lets_the_autoscaler_add_nodes() -> None:
    assert all(value >= -10 for value, _ in CLASSES.values())


def test_only_what_people_wait_for_throws_others_out() -> None:
    recorded = [each for each in record(lambda: Priorities("x", PRIORITIES)) if each.type.endswith(":PriorityClass")]
    assert {each.inputs["metadata"]["name"] for each in recorded if each.inputs["preemptionPolicy"] != "Never"} == {
        "serving",
        "interactive",
    }


def test_a_priority_of_nothing_is_a_problem() -> None:
    assert problems(replace(PRIORITIES, pools={"t4": 0})) == ["priority 0 of t4: must be 1 or more"]
