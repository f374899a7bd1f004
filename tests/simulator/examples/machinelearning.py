"""One valid resource of each type of Azure Machine Learning, in a workspace with a closed managed network."""

from __future__ import annotations

from typing import Any

from tests.simulator.azure import GROUP
from tests.simulator.examples.foundation import IN_GROUP, RG, VAULT

_HUB_GROUP = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-hub/providers"
# The account of the foundation is a lake, which no workspace takes for its own storage.
_FLAT_ACCOUNT = f"{_HUB_GROUP}/Microsoft.Storage/storageAccounts/stflat"
_INSIGHTS = f"{GROUP}/providers/Microsoft.Insights/components/appi-test"
_WORKSPACE = f"{GROUP}/providers/Microsoft.MachineLearningServices/workspaces/mlw-test"
_IN_WORKSPACE = {**RG, "workspaceName": "mlw-test"}
_TEMPLATE_SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
_MODEL = "azureml://registries/azureml/models/bert/versions/1"

EXAMPLES: dict[str, dict[str, Any]] = {
    "machinelearningservices:Workspace": {
        **IN_GROUP, "workspaceName": "mlw-test", "keyVault": VAULT, "storageAccount": _FLAT_ACCOUNT,
        "applicationInsights": _INSIGHTS, "identity": {"type": "SystemAssigned"}, "publicNetworkAccess": "Disabled",
        "managedNetwork": {"isolationMode": "AllowOnlyApprovedOutbound"},
    },
    "machinelearningservices:Compute": {
        **_IN_WORKSPACE, "location": IN_GROUP["location"], "computeName": "cpu-cluster",
        "properties": {
            "computeType": "AmlCompute",
            "properties": {
                "vmSize": "Standard_D4s_v5", "vmPriority": "Dedicated",
                "scaleSettings": {"minNodeCount": 0, "maxNodeCount": 4, "nodeIdleTimeBeforeScaleDown": "PT120S"},
            },
        },
    },
    "machinelearningservices:OnlineEndpoint": {
        **_IN_WORKSPACE, "location": IN_GROUP["location"], "endpointName": "score", "kind": "Managed",
        "identity": {"type": "SystemAssigned"}, "properties": {"authMode": "AADToken"},
    },
    "machinelearningservices:OnlineDeployment": {
        **_IN_WORKSPACE, "location": IN_GROUP["location"], "endpointName": "score", "deploymentName": "blue",
        "sku": {"name": "Default", "capacity": 2},
        "properties": {"endpointComputeType": "Managed", "instanceType": "Standard_F4s_v2", "model": _MODEL},
    },
    "machinelearningservices:BatchEndpoint": {
        **_IN_WORKSPACE, "location": IN_GROUP["location"], "endpointName": "nightly",
        "properties": {"authMode": "AADToken"},
    },
    "machinelearningservices:BatchDeployment": {
        **_IN_WORKSPACE, "location": IN_GROUP["location"], "endpointName": "nightly", "deploymentName": "first",
        "properties": {
            "compute": f"{_WORKSPACE}/computes/cpu-cluster", "model": {"referenceType": "Id", "assetId": _MODEL},
        },
    },
    "machinelearningservices:Datastore": {
        **_IN_WORKSPACE, "name": "raw",
        "properties": {
            "datastoreType": "AzureBlob", "accountName": "sttest", "containerName": "lake",
            "credentials": {"credentialsType": "None"},
        },
    },
    "machinelearningservices:Registry": {
        **IN_GROUP, "registryName": "mlr-test", "identity": {"type": "SystemAssigned"},
        "regionDetails": [
            {
                "location": place,
                "acrDetails": [{"systemCreatedAcrAccount": {"acrAccountSku": "Premium"}}],
                "storageAccountDetails": [{"systemCreatedStorageAccount": {"storageAccountType": "Standard_LRS"}}],
            }
            for place in ("canadacentral", "canadaeast")
        ],
    },
    "machinelearningservices:Schedule": {
        **_IN_WORKSPACE, "name": "weekly",
        "properties": {
            "trigger": {"triggerType": "Cron", "expression": "15 10 * * 1"},
            "action": {
                "actionType": "InvokeBatchEndpoint",
                "endpointInvocationDefinition": {"endpoint": f"{_WORKSPACE}/batchEndpoints/nightly"},
            },
        },
    },
    "machinelearningservices:WorkspaceConnection": {
        **_IN_WORKSPACE, "connectionName": "openai",
        "properties": {"authType": "AAD", "category": "AzureOpenAI", "target": "https://oai-test.openai.azure.com/"},
    },
    "machinelearningservices:MarketplaceSubscription": {
        **_IN_WORKSPACE, "name": "cohere",
        "properties": {"modelId": "azureml://registries/azureml-cohere/models/Cohere-command-r"},
    },
    "machinelearningservices:ServerlessEndpoint": {
        **_IN_WORKSPACE, "location": IN_GROUP["location"], "name": "chat", "sku": {"name": "Consumption"},
        "properties": {
            "authMode": "Key",
            "modelSettings": {"modelId": "azureml://registries/azureml-cohere/models/Cohere-command-r"},
        },
    },
    "machinelearningservices:EnvironmentVersion": {
        **_IN_WORKSPACE, "name": "training", "version": "1",
        "properties": {"image": f"crtest.azurecr.io/training@sha256:{'0' * 64}", "osType": "Linux"},
    },
    "resources:Deployment": {
        **RG, "deploymentName": "traffic",
        "properties": {
            "mode": "Incremental",
            "template": {"$schema": _TEMPLATE_SCHEMA, "contentVersion": "1.0.0.0", "resources": []},
        },
    },
}  # fmt: skip
