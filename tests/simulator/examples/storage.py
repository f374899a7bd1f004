"""One valid resource of each further type of Azure Storage."""

from __future__ import annotations

from typing import Any

from simulator.ids import SUBSCRIPTION
from tests.simulator.examples.foundation import ACCOUNT, RG

_LAKES = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-lakes/providers/Microsoft.Storage/storageAccounts"
_IN_ACCOUNT = {**RG, "accountName": "sttest"}

EXAMPLES: dict[str, dict[str, Any]] = {
    "storage:QueueServiceProperties": {**_IN_ACCOUNT, "queueServiceName": "default"},
    "storage:TableServiceProperties": {**_IN_ACCOUNT, "tableServiceName": "default"},
    "storage:EncryptionScope": {**_IN_ACCOUNT, "encryptionScopeName": "scope", "source": "Microsoft.Storage"},
    "security:DefenderForStorage": {
        "resourceId": ACCOUNT, "settingName": "current",
        "properties": {
            "isEnabled": True, "overrideSubscriptionLevelSettings": True,
            "malwareScanning": {"onUpload": {"isEnabled": True, "capGBPerMonth": 100}},
            "sensitiveDataDiscovery": {"isEnabled": True},
        },
    },
    "storage:LocalUser": {
        **_IN_ACCOUNT, "username": "partner", "hasSshKey": True, "homeDirectory": "lake",
        "permissionScopes": [{"service": "blob", "permissions": "rwl", "resourceName": "lake"}],
    },
    "storage:BlobContainerImmutabilityPolicy": {
        **_IN_ACCOUNT, "containerName": "lake", "immutabilityPolicyName": "default",
        "immutabilityPeriodSinceCreationInDays": 30,
    },
    "storage:FileShare": {**_IN_ACCOUNT, "shareName": "share", "shareQuota": 100},
    "storage:Queue": {**_IN_ACCOUNT, "queueName": "jobs"},
    "storage:Table": {**_IN_ACCOUNT, "tableName": "runs"},
    "storage:BlobInventoryPolicy": {
        **_IN_ACCOUNT, "blobInventoryPolicyName": "default",
        "policy": {
            "enabled": True, "type": "Inventory",
            "rules": [
                {
                    "name": "daily", "enabled": True, "destination": "lake",
                    "definition": {
                        "format": "Csv", "objectType": "Blob", "schedule": "Daily",
                        "schemaFields": ["Name", "Content-Length"], "filters": {"blobTypes": ["blockBlob"]},
                    },
                }
            ],
        },
    },
    "storage:ObjectReplicationPolicy": {
        "resourceGroupName": "rg-lakes", "accountName": "stto", "objectReplicationPolicyId": "default",
        "sourceAccount": f"{_LAKES}/stfrom", "destinationAccount": f"{_LAKES}/stto",
        "rules": [{"sourceContainer": "a", "destinationContainer": "b"}],
    },
}  # fmt: skip
