from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from components.machine_learning.online_endpoint import OnlineEndpoint, problems
from tests.components.machine_learning import examples
from tests.components.recording import Recorded, arm_id, one, record

NAME = "credit-mlops-dev-"


def made(**changes: Any) -> list[Recorded]:
    return record(lambda: OnlineEndpoint("x", replace(examples.endpoint(), **changes)))


def written(recorded: list[Recorded]) -> Mapping[str, Any]:
    (body,) = one(recorded, "resources:Deployment").inputs["properties"]["template"]["resources"]
    return dict(body)


@pytest.mark.capability("L1")
def test_an_endpoint_takes_entra_tokens_only_and_is_closed_to_the_public() -> None:
    recorded = made()
    inputs = one(recorded, "machinelearningservices:OnlineEndpoint").inputs
    assert inputs["endpointName"].startswith(NAME)
    assert inputs["properties"] == {"authMode": "AADToken", "publicNetworkAccess": "Disabled"}
    assert inputs["identity"] == {"type": "UserAssigned", "userAssignedIdentities": [arm_id("compute-id")]}


@pytest.mark.capability("L1")
def test_a_deployment_reaches_nothing_public_and_is_pinned() -> None:
    wanted = one(made(), "machinelearningservices:OnlineDeployment", "x-deployment-blue").inputs["properties"]
    assert wanted["egressPublicNetworkAccess"] == "Disabled"
    assert wanted["appInsightsEnabled"] is True
    assert wanted["model"] == "/workspace/models/credit/versions/3"
    assert wanted["environmentId"] == "/workspace/environments/scoring/versions/2"
    assert wanted["codeConfiguration"] == {
        "codeId": "/workspace/codes/scoring/versions/5",
        "scoringScript": "score.py",
    }


@pytest.mark.capability("L1")
def test_instances_follow_the_load_and_an_update_does_not_set_them_back() -> None:
    recorded = made()
    setting = one(recorded, "monitor:AutoscaleSetting", "x-scale-blue").inputs
    (profile,) = setting["profiles"]
    assert setting["targetResourceUri"] == arm_id("x-deployment-blue")
    assert profile["capacity"] == {"minimum": "2", "maximum": "4", "default": "2"}
    assert [(each["metricTrigger"]["threshold"], each["scaleAction"]["direction"]) for each in profile["rules"]] == [
        (70, "Increase"),
        (35, "Decrease"),
    ]
    assert one(recorded, "machinelearningservices:OnlineDeployment", "x-deployment-blue").ignore_changes == (
        "sku.capacity",
    )


def test_equal_bounds_need_no_autoscaling() -> None:
    fixed = replace(examples.MODEL, min_instances=1, max_instances=1)
    recorded = made(deployments={"blue": fixed}, traffic={"blue": 100})
    assert [each for each in recorded if each.type.endswith(":AutoscaleSetting")] == []
    deployment = one(recorded, "machinelearningservices:OnlineDeployment", "x-deployment-blue")
    assert deployment.ignore_changes == ()


@pytest.mark.capability("L2")
def test_traffic_is_written_after_every_deployment_and_with_the_whole_endpoint() -> None:
    recorded = made()
    traffic = one(recorded, "resources:Deployment")
    for name in ("x-deployment-blue", "x-deployment-green"):
        assert one(recorded, "machinelearningservices:OnlineDeployment", name).urn in traffic.depends_on
    body = written(recorded)
    assert body["properties"] == {
        "authMode": "AADToken",
        "publicNetworkAccess": "Disabled",
        "traffic": {"blue": 90, "green": 10},
        "mirrorTraffic": {},
    }
    assert body["name"].startswith(f"a-workspace/{NAME}")
    assert body["identity"]["type"] == "UserAssigned"


@pytest.mark.capability("L2")
def test_the_endpoint_itself_is_never_updated_because_that_would_take_the_traffic_away() -> None:
    endpoint = one(made(), "machinelearningservices:OnlineEndpoint")
    assert set(endpoint.ignore_changes) == {"properties", "tags"}


@pytest.mark.capability("L2")
def test_deployments_come_one_after_another() -> None:
    recorded = made()
    blue = one(recorded, "machinelearningservices:OnlineDeployment", "x-deployment-blue")
    assert blue.urn in one(recorded, "machinelearningservices:OnlineDeployment", "x-deployment-green").depends_on


@pytest.mark.capability("L2")
def test_a_mirror_copies_requests_to_a_deployment_without_traffic() -> None:
    assert written(made(traffic={"blue": 100}, mirror={"green": 20}))["properties"]["mirrorTraffic"] == {"green": 20}


@pytest.mark.capability("L6")
def test_what_monitors_need_is_collected() -> None:
    collector = one(made(), "machinelearningservices:OnlineDeployment", "x-deployment-blue").inputs["properties"][
        "dataCollector"
    ]
    assert set(collector["collections"]) == {"model_inputs", "model_outputs"}
    assert all(each["dataCollectionMode"] == "Enabled" for each in collector["collections"].values())


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"traffic": {"blue": 90}}, "add up to 90"),
        ({"traffic": {"blue": 90, "red": 10}}, "red, which isn't deployed"),
        ({"mirror": {"green": 10}}, "green gets live and mirrored traffic"),
        ({"traffic": {"blue": 100}, "mirror": {"green": 60}}, "50 percent at most"),
        ({"deployments": {"blue": replace(examples.MODEL, model="azureml:credit:latest")}, "traffic": {"blue": 100}},
         "azureml:credit:latest is no pinned version"),
    ],
)  # fmt: skip
def test_shares_that_azure_refuses_and_models_without_a_version_are_problems(
    changes: dict[str, Any], found: str
) -> None:
    result: list[str] = []
    record(lambda: result.extend(problems(replace(examples.endpoint(), **changes))))
    assert any(found in each for each in result)
