"""No service of a stack has a public door, and each one that can have a private endpoint has one."""

from __future__ import annotations

import pytest

from tests.components.recording import Recorded
from tests.components.test_platform import made

pytestmark = pytest.mark.capability("N5")

# Types whose data is reached through a service of the platform's own; with the group ids that each stack must use.
GROUPS = {
    "keyvault:Vault": {"vault"},
    "containerregistry:Registry": {"registry"},
    "machinelearningservices:Workspace": {"amlworkspace"},
    "databricks:Workspace": {"databricks_ui_api"},  # one workspace of a region signs in for all
    "datafactory:Factory": {"dataFactory", "portal"},
    "eventhub:Namespace": {"namespace"},
    "cognitiveservices:Account": {"account"},
    "search:Service": {"searchService"},
    "dashboard:Grafana": {"grafana"},
    "web:WebApp": {"sites"},
    "monitor:PrivateLinkScope": {"azuremonitor"},
}
STACKS = ("dev", "test", "prod", "dr")


def groups_to(stack: str, target: Recorded) -> set[str]:
    """The groups of every endpoint that connects to a resource."""
    found: set[str] = set()
    for endpoint in made(stack):
        if endpoint.type.endswith("network:PrivateEndpoint"):
            for connection in endpoint.inputs["privateLinkServiceConnections"]:
                if connection["privateLinkServiceId"] == f"/mock/{target.name}":
                    found |= set(connection["groupIds"])
    return found


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("kind", GROUPS)
def test_each_service_has_its_endpoints(stack: str, kind: str) -> None:
    for resource in made(stack):
        if resource.type == f"azure-native:{kind}":
            assert groups_to(stack, resource) >= GROUPS[kind], resource.name


@pytest.mark.parametrize("stack", STACKS)
def test_each_storage_account_has_an_endpoint(stack: str) -> None:
    accounts = [each for each in made(stack) if each.type == "azure-native:storage:StorageAccount"]
    assert accounts
    assert [each.name for each in accounts if not groups_to(stack, each)] == []


@pytest.mark.parametrize("stack", STACKS)
def test_no_service_takes_public_connections(stack: str) -> None:
    open_doors = [
        resource.name
        for resource in made(stack)
        if resource.custom and "Enabled" in (_door(resource), _door({"inputs": resource.inputs.get("properties")}))
    ]
    assert open_doors == []


def _door(resource: Recorded | dict[str, object]) -> object:
    inputs = resource["inputs"] if isinstance(resource, dict) else resource.inputs
    return inputs.get("publicNetworkAccess") if isinstance(inputs, dict) else None


@pytest.mark.parametrize("stack", STACKS)
def test_every_endpoint_writes_its_records(stack: str) -> None:
    endpoints = [each for each in made(stack) if each.type.endswith("network:PrivateEndpoint")]
    groups = {each.parent for each in made(stack) if each.type.endswith(":PrivateDnsZoneGroup")}
    assert [each.name for each in endpoints if each.parent not in groups] == []


@pytest.mark.capability("N8")
@pytest.mark.parametrize("stack", STACKS)
def test_the_api_server_is_in_the_spoke_and_nowhere_else(stack: str) -> None:
    cluster = next(each for each in made(stack) if each.type == "azure-native:containerservice:ManagedCluster")
    profile = cluster.inputs["apiServerAccessProfile"]
    assert profile["enablePrivateCluster"] is True
    assert profile["enableVnetIntegration"] is True
    assert profile["enablePrivateClusterPublicFQDN"] is False
    assert profile["disableRunCommand"] is True
    assert profile["subnetId"] == "/mock/mlops-network-snet-api_server"
