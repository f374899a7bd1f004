"""A template deployment writes what its template says, and is judged as if each resource had been written alone."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.errors import ArmError
from simulator.values import reveal
from tests.simulator.azure import GROUP, Azure
from tests.simulator.examples import EXAMPLES, deploy

ENDPOINT = f"{GROUP}/providers/Microsoft.MachineLearningServices/workspaces/mlw-test/onlineEndpoints/score"
DEPLOYMENT = "machinelearningservices:OnlineDeployment"


def template(**traffic: int) -> dict[str, Any]:
    return {
        "resourceGroupName": "rg-test",
        "deploymentName": "traffic",
        "properties": {
            "mode": "Incremental",
            "template": {
                "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
                "contentVersion": "1.0.0.0",
                "resources": [
                    {
                        "type": "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
                        "apiVersion": "2025-12-01",
                        "name": "mlw-test/score",
                        "location": "canadacentral",
                        "kind": "Managed",
                        "identity": {"type": "SystemAssigned"},
                        "properties": {"authMode": "AADToken", "traffic": traffic},
                    }
                ],
            },
        },
    }


@pytest.fixture
def served(azure: Azure) -> Azure:
    """An endpoint with the deployment blue."""
    deploy(azure, "machinelearningservices:BatchEndpoint")
    return azure


def traffic_of(azure: Azure) -> Any:
    record = azure.store.get(ENDPOINT)
    assert record is not None
    return reveal(record.outputs)["properties"]["traffic"]


@pytest.mark.capability("L2")
def test_traffic_moves_to_a_deployment_that_the_same_update_has_made(served: Azure) -> None:
    made = served.create("resources:Deployment", "traffic", template(blue=100))
    assert traffic_of(served) == {"blue": 100}
    again = served.another()
    again.create(DEPLOYMENT, "green", {**EXAMPLES[DEPLOYMENT], "deploymentName": "green"})
    again.update("resources:Deployment", "traffic", made, template(blue=0, green=100))
    assert traffic_of(again) == {"blue": 0, "green": 100}


@pytest.mark.capability("L2")
@pytest.mark.parametrize("preview", [True, False])
def test_no_traffic_goes_to_a_deployment_that_is_not_there(served: Azure, preview: bool) -> None:
    with pytest.raises(ArmError, match="no deployment green"):
        served.create("resources:Deployment", "traffic", template(blue=90, green=10), preview=preview)


@pytest.mark.capability("L2")
def test_a_deployment_that_lost_its_traffic_can_go_and_one_that_has_it_can_not(served: Azure) -> None:
    made = served.create("resources:Deployment", "traffic", template(blue=100))
    blue = f"{ENDPOINT}/deployments/blue"
    with pytest.raises(ArmError, match="gets 100 percent"):
        served.service.delete(blue)
    served.create(DEPLOYMENT, "green", {**EXAMPLES[DEPLOYMENT], "deploymentName": "green"})
    served.update("resources:Deployment", "traffic", made, template(green=100))
    served.service.delete(blue)
    assert served.store.get(blue) is None


def test_what_a_template_wrote_stays_when_the_deployment_is_deleted(served: Azure) -> None:
    made = served.create("resources:Deployment", "traffic", template(blue=100))
    served.service.delete(made.id)
    assert traffic_of(served) == {"blue": 100}


def test_a_resource_with_an_expression_is_left_alone(served: Azure) -> None:
    inputs = template(blue=100)
    inputs["properties"]["template"]["resources"][0]["location"] = "[resourceGroup().location]"
    served.create("resources:Deployment", "traffic", inputs)
    assert traffic_of(served) == {}


@pytest.mark.parametrize("name", ["$schema", "contentVersion", "resources"])
def test_a_template_without_a_part_is_refused(served: Azure, name: str) -> None:
    inputs = template(blue=100)
    del inputs["properties"]["template"][name]
    with pytest.raises(ArmError, match="lacks"):
        served.create("resources:Deployment", "traffic", inputs)
