"""Batch endpoints, training schedules and model monitors."""

from __future__ import annotations

from dataclasses import replace

import pytest

import stacks
from components.machine_learning.batch_endpoint import BatchEndpoint
from components.machine_learning.model_monitor import ModelMonitor, problems
from components.machine_learning.monitor_signals import Thresholds
from components.machine_learning.training_schedule import TrainingSchedule
from components.platform import Platform
from tests.components.machine_learning import examples
from tests.components.recording import arm_id, one, record


@pytest.mark.capability("L4")
def test_a_batch_deployment_runs_a_pinned_model_on_a_cluster_and_fails_whole() -> None:
    recorded = record(lambda: BatchEndpoint("x", examples.batch()))
    assert one(recorded, "machinelearningservices:BatchEndpoint").inputs["properties"] == {"authMode": "AADToken"}
    wanted = one(recorded, "machinelearningservices:BatchDeployment").inputs["properties"]
    assert wanted["compute"] == "/cpu"
    assert wanted["model"] == {"referenceType": "Id", "assetId": "/workspace/models/credit/versions/3"}
    assert wanted["errorThreshold"] == 0
    assert wanted["resources"] == {"instanceCount": 2}


@pytest.mark.capability("M3")
def test_training_runs_as_an_identity_with_a_limit_and_a_pinned_environment() -> None:
    wanted = one(record(lambda: TrainingSchedule("x", examples.training())), "machinelearningservices:Schedule").inputs[
        "properties"
    ]
    assert wanted["trigger"]["expression"] == "0 2 * * 0"
    job = wanted["action"]["jobDefinition"]
    assert wanted["action"]["actionType"] == "CreateJob"
    assert job["environmentId"] == "/workspace/environments/training/versions/1"
    assert job["identity"]["resourceId"] == arm_id("compute-id")
    assert job["limits"]["timeout"] == "PT12H"


@pytest.mark.capability("M3")
def test_training_waits_for_the_environment_and_the_datastores_that_it_names() -> None:
    recorded = record(lambda: TrainingSchedule("x", examples.training()))
    schedule = one(recorded, "machinelearningservices:Schedule")
    assert one(recorded, "", "an-environment").urn in schedule.depends_on


@pytest.mark.capability("L6")
def test_a_monitor_watches_four_signals_and_tells_people() -> None:
    action = one(record(lambda: ModelMonitor("x", examples.MONITOR)), "machinelearningservices:Schedule").inputs[
        "properties"
    ]["action"]
    definition = action["monitorDefinition"]
    assert action["actionType"] == "CreateMonitor"
    assert {name: each["signalType"] for name, each in definition["signals"].items()} == {
        "data-drift": "DataDrift",
        "prediction-drift": "PredictionDrift",
        "data-quality": "DataQuality",
        "attribution-drift": "FeatureAttributionDrift",
    }
    assert definition["alertNotificationSettings"] == {
        "emailNotificationSettings": {"emails": ["ml-platform@gov.example"]}
    }
    assert definition["computeConfiguration"]["computeIdentity"] == {"computeIdentityType": "ManagedIdentity"}
    drift = definition["signals"]["data-drift"]
    assert drift["referenceData"]["columns"] == {"target_column": examples.MONITOR.compared.target_column}
    assert [each["threshold"]["value"] for each in drift["metricThresholds"]] == [0.2, 0.2]
    assert drift["productionData"]["uri"] == "azureml://datastores/a/paths/collected/model_inputs"
    assert drift["notificationTypes"] == ["AmlNotification"]


@pytest.mark.capability("L6")
def test_a_monitor_that_watches_nothing_or_tells_nobody_is_a_problem() -> None:
    nothing = Thresholds(data_drift=None, prediction_drift=None, null_rate=None, attribution_ndcg=None)
    assert problems(replace(examples.MONITOR, thresholds=nothing, emails=())) == [
        "no signal is watched",
        "nobody is told",
    ]


@pytest.mark.capability("M3")
def test_scheduled_training_of_a_stack_comes_after_its_environment() -> None:
    settings = stacks.load("test")
    recorded = record(lambda: Platform(settings.name, settings))
    schedule = one(recorded, "machinelearningservices:Schedule", f"{settings.name}-train-triage-schedule")
    made = [each.urn for each in recorded if each.type.endswith("machinelearningservices:EnvironmentVersion")]
    assert made
    assert set(made) <= schedule.depends_on
