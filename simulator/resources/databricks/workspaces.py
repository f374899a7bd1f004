"""Microsoft.Databricks/workspaces."""

from __future__ import annotations

from typing import Any

from simulator.model import CREATED, TENANT, Model, Request, digest, guid
from simulator.resources.databricks.encryption_rules import ENCRYPTION_RULES
from simulator.resources.databricks.injection_rules import INJECTION_RULES
from simulator.resources.databricks.workspace_rules import WORKSPACE_RULES

# Workspaces are spread over twenty numbered clusters; the last part of the host name says which.
_SHARDS = 20


class Workspaces(Model):
    """A Databricks workspace."""

    token = "azure-native:databricks:Workspace"
    # azurerm makes a new workspace for each of these (databricks_workspace_resource.go, checked 2026-11-25); the code
    # of Azure's own refusal is not confirmed.
    unchangeable = (
        "parameters.amlWorkspaceId", "parameters.natGatewayName", "parameters.publicIpName",
        "parameters.requireInfrastructureEncryption.value", "parameters.storageAccountName.value",
        "parameters.vnetAddressPrefix.value",
    )  # fmt: skip
    unchangeable_code = "BadRequest"
    rules = (*WORKSPACE_RULES, *INJECTION_RULES, *ENCRYPTION_RULES)

    def defaults(self, request: Request) -> dict[str, Any]:
        """Secure cluster connectivity is on, and the storage account of the workspace gets a name that nobody has."""
        if request.known("computeMode") == "Serverless":
            return {"publicNetworkAccess": "Enabled"}
        account = f"dbstorage{digest(request.id, 'storage', 13)}"
        return {
            "publicNetworkAccess": "Enabled",
            "computeMode": "Hybrid",
            "requiredNsgRules": "AllRules",
            "parameters": {
                "enableNoPublicIp": {"type": "Bool", "value": True},
                "prepareEncryption": {"type": "Bool", "value": False},
                "requireInfrastructureEncryption": {"type": "Bool", "value": False},
                "storageAccountName": {"type": "String", "value": account},
                "storageAccountSkuName": {"type": "String", "value": "Standard_ZRS"},
            },
        }

    def outputs(self, request: Request) -> dict[str, Any]:
        """The address of the workspace and the identities that its storage and disks have with keys of one's own."""
        number = int(digest(request.id, "workspace", 13), 16)
        writer = {
            "oid": guid(request.id, "writer"),
            "applicationId": guid(request.id, "application"),
            "puid": digest(request.id, "writer", 16).upper(),
        }
        disks = request.at("encryption.entities.managedDisk") is not None
        group, end = request.text("managedResourceGroupId"), digest(request.id, "disks", 13)
        keys = f"{group}/providers/Microsoft.Compute/diskEncryptionSets/databricks-disk-encryption-set-{end}"
        prepared = request.at("parameters.prepareEncryption.value") is True
        return {
            "workspaceId": str(number),
            "workspaceUrl": f"adb-{number}.{number % _SHARDS}.azuredatabricks.net",
            "createdDateTime": CREATED,
            "isUcEnabled": True,
            "privateEndpointConnections": [],
            "createdBy": writer,
            "updatedBy": writer,
            "systemData": None,
            "diskEncryptionSetId": keys if disks else None,
            "managedDiskIdentity": _identity(request, "disks") if disks else None,
            "storageAccountIdentity": _identity(request, "storage") if prepared else None,
        }


def _identity(request: Request, part: str) -> dict[str, Any]:
    """The identity with which a part of the workspace reaches its key."""
    return {"principalId": guid(request.id, part), "tenantId": TENANT, "type": "SystemAssigned"}
