from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from components.machine_learning.training_compute import TrainingCompute, problems
from tests.components.machine_learning import examples
from tests.components.recording import arm_id, one, record


def compute(name: str) -> dict[str, Any]:
    return one(
        record(lambda: TrainingCompute("x", examples.computes())), "machinelearningservices:Compute", name
    ).inputs


@pytest.mark.capability("M3")
def test_a_cluster_costs_nothing_while_it_is_idle_and_has_no_public_address_or_ssh() -> None:
    inputs = compute("x-cluster-cpu")
    assert inputs["properties"]["disableLocalAuth"] is True
    assert inputs["properties"]["properties"] == {
        "vmSize": "Standard_D4ds_v5",
        "vmPriority": "Dedicated",
        "osType": "Linux",
        "scaleSettings": {"minNodeCount": 0, "maxNodeCount": 4, "nodeIdleTimeBeforeScaleDown": "PT5M"},
        "enableNodePublicIp": False,
        "remoteLoginPortPublicAccess": "Disabled",
    }


@pytest.mark.capability("M3")
def test_jobs_act_as_the_compute_identity_and_spare_capacity_is_low_priority() -> None:
    inputs = compute("x-cluster-gpu")
    assert inputs["identity"] == {"type": "UserAssigned", "userAssignedIdentities": [arm_id("compute-id")]}
    assert inputs["properties"]["properties"]["vmPriority"] == "LowPriority"


@pytest.mark.capability("M4")
def test_an_instance_is_one_persons_and_stops_by_itself() -> None:
    inputs = compute("x-instance-analyst")
    wanted = inputs["properties"]["properties"]
    assert inputs["computeName"] == "analyst-mlops-dev"
    assert wanted["computeInstanceAuthorizationType"] == "personal"
    assert wanted["personalComputeInstanceSettings"] == {
        "assignedUser": {"objectId": "a-person", "tenantId": "a-tenant"}
    }
    assert wanted["idleTimeBeforeShutdown"] == "PT60M"
    assert (wanted["enableSSO"], wanted["applicationSharingPolicy"]) == (True, "Personal")
    assert wanted["enableNodePublicIp"] is False
    assert wanted["sshSettings"] == {"sshPublicAccess": "Disabled"}
    assert [(each["action"], each["cron"]["expression"]) for each in wanted["schedules"]["computeStartStop"]] == [
        ("Stop", "0 19 * * *")
    ]


def test_computes_wait_for_the_workspaces_network() -> None:
    recorded = record(lambda: TrainingCompute("x", examples.computes()))
    first = one(recorded, "managedidentity:UserAssignedIdentity", "first")
    assert first.urn in one(recorded, "machinelearningservices:Compute", "x-cluster-cpu").depends_on


def test_more_nodes_at_least_than_at_most_are_a_problem() -> None:
    found: list[str] = []

    def program() -> None:
        args = examples.computes()
        found.extend(problems(replace(args, clusters={"cpu": replace(args.clusters["cpu"], min_nodes=5)})))

    record(program)
    assert found == ["cluster cpu would have 5 to 4 nodes"]
