"""Microsoft.MachineLearningServices/workspaces."""

from __future__ import annotations

from typing import Any

from simulator.model import TENANT, Model, Request, guid
from simulator.resources.machinelearningservices.encryption_rules import ENCRYPTION_RULES
from simulator.resources.machinelearningservices.identity_rules import has_identity_ids, names_its_primary_identity
from simulator.resources.machinelearningservices.outbound_rule_rules import INLINE_OUTBOUND_RULES
from simulator.resources.machinelearningservices.workspace_network_rules import WORKSPACE_NETWORK_RULES
from simulator.resources.machinelearningservices.workspace_rules import WORKSPACE_RULES
from simulator.resources.storage.storage_accounts import access_key
from simulator.store import Record
from simulator.values import UNKNOWN


class Workspaces(Model):
    """An Azure ML workspace."""

    token = "azure-native:machinelearningservices:Workspace"
    # Decided at creation: concept-customer-managed-keys.md (hbi), terraform-provider-azurerm's ForceNew (vault, key).
    unchangeable = ("hbiWorkspace", "keyVault", "encryption.status")
    unchangeable_code = "BadRequest"
    functions = ("listWorkspaceKeys",)
    born_with = (
        "datastores/workspaceartifactstore",
        "datastores/workspaceblobstore",
        "datastores/workspacefilestore",
        "datastores/workspaceworkingdirectory",
    )
    rules = (
        has_identity_ids,
        *WORKSPACE_RULES,
        names_its_primary_identity,
        *WORKSPACE_NETWORK_RULES,
        *INLINE_OUTBOUND_RULES,
        *ENCRYPTION_RULES,
    )

    def defaults(self, request: Request) -> dict[str, Any]:
        """What the service has for a new workspace."""
        return {
            "hbiWorkspace": False,
            "kind": "Default",
            "publicNetworkAccess": "Enabled",
            "sku": {"name": "Basic", "tier": "Basic"},
            "v1LegacyMode": False,
            "managedNetwork": {"isolationMode": "Disabled"},
        }

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its addresses and the state of its managed network, which starts when the first compute does."""
        workspace = guid(request.id, "workspace")
        access = request.at("publicNetworkAccess")
        return {
            "workspaceId": workspace,
            "mlFlowTrackingUri": f"azureml://{request.location}.api.azureml.ms/mlflow/v1.0{request.id}",
            "notebookInfo": {
                "fqdn": f"ml-{request.name}-{request.location}-{workspace}.{request.location}.notebooks.azure.net",
                "resourceId": guid(request.id, "notebook").replace("-", ""),
                "isPrivateLinkEnabled": UNKNOWN if access is UNKNOWN else access == "Disabled",
            },
            "managedNetwork": {
                "networkId": guid(request.id, "network"),
                "status": {"status": "Inactive", "sparkReady": False},
            },
            "privateEndpointConnections": [],
            "privateLinkCount": 0,
            "serviceProvisionedResourceGroup": "",
            "storageHnsEnabled": False,
            "tenantId": TENANT,
        }

    def invoke(self, function: str, record: Record) -> dict[str, Any]:
        """The keys of the account and the insights that the workspace uses."""
        account = str(record.body.get("storageAccount", ""))
        return {
            "appInsightsInstrumentationKey": guid(str(record.body.get("applicationInsights")), "instrumentation"),
            "userStorageArmId": account,
            "userStorageKey": access_key(account, "key1"),
        }
