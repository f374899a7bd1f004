"""Every resource that has logs sends them: O1, over every resource of every stack."""

from __future__ import annotations

import pytest

import stacks
from components.aliases import drop_version_aliases
from components.platform import Platform
from facts.diagnostics import all_diagnostics
from tests.components.recording import Recorded, arm_id, record

# Types of the SDK by the type that facts/diagnostics.yaml has.
TYPES = {
    "Microsoft.ContainerService/managedClusters": "containerservice:ManagedCluster",
    "Microsoft.KeyVault/vaults": "keyvault:Vault",
    "Microsoft.KeyVault/managedHSMs": "keyvault:ManagedHsm",
    "Microsoft.ContainerRegistry/registries": "containerregistry:Registry",
    "Microsoft.MachineLearningServices/workspaces": "machinelearningservices:Workspace",
    "Microsoft.MachineLearningServices/workspaces/onlineEndpoints": "machinelearningservices:OnlineEndpoint",
    "Microsoft.MachineLearningServices/registries": "machinelearningservices:Registry",
    "Microsoft.CognitiveServices/accounts": "cognitiveservices:Account",
    "Microsoft.Databricks/workspaces": "databricks:Workspace",
    "Microsoft.EventHub/namespaces": "eventhub:Namespace",
    "Microsoft.EventGrid/systemTopics": "eventgrid:SystemTopic",
    "Microsoft.Network/azureFirewalls": "network:AzureFirewall",
    "Microsoft.Web/sites": "web:WebApp",
    "Microsoft.OperationalInsights/workspaces": "operationalinsights:Workspace",
    "Microsoft.Insights/dataCollectionRules": "monitor:DataCollectionRule",
    "Microsoft.Dashboard/grafana": "dashboard:Grafana",
    "Microsoft.Search/searchServices": "search:Service",
    "Microsoft.DataFactory/factories": "datafactory:Factory",
}


@pytest.fixture(scope="module", params=["dev", "test", "prod", "dr"])
def made(request: pytest.FixtureRequest) -> list[Recorded]:
    settings = stacks.load(request.param)

    def program() -> None:
        drop_version_aliases()
        Platform(settings.name, settings)

    return [each for each in record(program) if each.custom]


@pytest.mark.capability("O1")
def test_every_resource_that_has_logs_sends_them(made: list[Recorded]) -> None:
    known = all_diagnostics()
    loggable = {f"azure-native:{sdk}" for arm, sdk in TYPES.items() if known[arm].logs or known[arm].groups}
    sending = {each.inputs["resourceUri"] for each in made if each.type == "azure-native:monitor:DiagnosticSetting"}
    silent = [each.name for each in made if each.type in loggable and arm_id(each.name) not in sending]
    assert silent == []


@pytest.mark.capability("O1")
def test_every_log_goes_to_the_workspace_of_the_stack(made: list[Recorded]) -> None:
    settings = [each for each in made if each.type == "azure-native:monitor:DiagnosticSetting"]
    assert settings
    assert {each.inputs["workspaceId"] for each in settings} == {
        arm_id(each.name) for each in made if each.type == "azure-native:operationalinsights:Workspace"
    }
