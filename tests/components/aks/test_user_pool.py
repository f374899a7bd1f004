from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from components.aks.user_pool import UserPool, UserPoolArgs, problems
from tests.components.aks.examples import USER_POOL
from tests.components.examples import SPOT
from tests.components.recording import one, record

SPOT_POOL = replace(USER_POOL, spot=SPOT)


def inputs(args: UserPoolArgs = USER_POOL) -> dict[str, Any]:
    return one(record(lambda: UserPool("x", args)), "containerservice:AgentPool").inputs


@pytest.mark.capability("A11")
def test_a_pool_is_a_resource_of_its_own_whose_count_the_autoscaler_owns() -> None:
    pool = one(record(lambda: UserPool("x", USER_POOL)), "containerservice:AgentPool")
    assert (pool.inputs["mode"], pool.inputs["resourceName"]) == ("User", "a-cluster")
    assert (pool.inputs["minCount"], pool.inputs["maxCount"]) == (1, 5)
    assert pool.inputs["enableAutoScaling"] is True
    assert "count" in pool.ignore_changes


@pytest.mark.capability("A3", "A4")
def test_nodes_are_ephemeral_encrypted_on_the_host_validated_and_without_public_address() -> None:
    made = inputs()
    assert (made["osSKU"], made["osDiskType"]) == ("AzureLinux", "Ephemeral")
    assert (made["enableEncryptionAtHost"], made["enableFIPS"]) == (True, True)
    assert made["enableNodePublicIP"] is False
    assert made["availabilityZones"] == ["1", "2", "3"]


def test_an_older_pool_keeps_the_host_encryption_that_it_was_made_with() -> None:
    pool = one(record(lambda: UserPool("x", USER_POOL)), "containerservice:AgentPool")
    assert "enableEncryptionAtHost" in pool.ignore_changes


def test_pods_move_before_their_node_goes() -> None:
    assert inputs()["upgradeSettings"] == {"maxSurge": "10%", "drainTimeoutInMinutes": 30}


def test_spot_has_its_taint_label_and_price_and_no_upgrade_settings() -> None:
    made = inputs(SPOT_POOL)
    assert (made["scaleSetPriority"], made["scaleSetEvictionPolicy"], made["spotMaxPrice"]) == ("Spot", "Delete", -1)
    assert made["nodeTaints"] == ["kubernetes.azure.com/scalesetpriority=spot:NoSchedule", "team=vision:NoSchedule"]
    assert made["nodeLabels"]["kubernetes.azure.com/scalesetpriority"] == "spot"
    assert "upgradeSettings" not in made


def test_the_example_has_no_problem() -> None:
    assert problems(USER_POOL) == problems(SPOT_POOL) == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"vm_size": "Standard_NC4as_T4_v3"}, "Standard_NC4as_T4_v3 has a GPU"),
        ({"min_count": 6}, "6 to 5 nodes"),
        ({"max_count": 1001}, "1 to 1001 nodes"),
        (
            {"taints": ("kubernetes.azure.com/scalesetpriority=spot:NoSchedule",)},
            "kubernetes.azure.com/scalesetpriority",
        ),
    ],
)
def test_what_aks_would_refuse_is_a_problem(changes: dict[str, Any], problem: str) -> None:
    (found,) = problems(replace(USER_POOL, **changes))
    assert found.startswith(problem)
