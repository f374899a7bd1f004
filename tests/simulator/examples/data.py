"""One valid resource of each type of the data factory and of Azure Backup."""

from __future__ import annotations

from typing import Any

from tests.simulator.azure import GROUP, REGION
from tests.simulator.examples.foundation import IN_GROUP, RG

_VAULT = f"{GROUP}/providers/Microsoft.DataProtection/backupVaults/bvault-test"
_CLUSTER = f"{GROUP}/providers/Microsoft.ContainerService/managedClusters/aks"
_AKS = "Microsoft.ContainerService/managedClusters"
_IN_FACTORY = {**RG, "factoryName": "adf-test"}

EXAMPLES: dict[str, dict[str, Any]] = {
    "dataprotection:BackupVault": {
        **IN_GROUP, "vaultName": "bvault-test", "identity": {"type": "SystemAssigned"},
        "properties": {
            "storageSettings": [{"datastoreType": "VaultStore", "type": "GeoRedundant"}],
            "securitySettings": {"softDeleteSettings": {"state": "On", "retentionDurationInDays": 14}},
        },
    },
    "dataprotection:BackupPolicy": {
        **RG, "vaultName": "bvault-test", "backupPolicyName": "aks-daily",
        "properties": {
            "objectType": "BackupPolicy", "datasourceTypes": [_AKS],
            "policyRules": [
                {
                    "objectType": "AzureRetentionRule", "name": "Default", "isDefault": True,
                    "lifecycles": [
                        {
                            "deleteAfter": {"objectType": "AbsoluteDeleteOption", "duration": "P7D"},
                            "sourceDataStore": {"objectType": "DataStoreInfoBase", "dataStoreType": "OperationalStore"},
                        }
                    ],
                },
                {
                    "objectType": "AzureBackupRule", "name": "BackupDaily",
                    "backupParameters": {"objectType": "AzureBackupParams", "backupType": "Incremental"},
                    "dataStore": {"objectType": "DataStoreInfoBase", "dataStoreType": "OperationalStore"},
                    "trigger": {
                        "objectType": "ScheduleBasedTriggerContext",
                        "schedule": {"repeatingTimeIntervals": ["R/2026-01-01T02:00:00+00:00/P1D"], "timeZone": "UTC"},
                        "taggingCriteria": [
                            {"isDefault": True, "taggingPriority": 99, "tagInfo": {"tagName": "Default"}},
                        ],
                    },
                },
            ],
        },
    },
    "dataprotection:BackupInstance": {
        **RG, "vaultName": "bvault-test", "backupInstanceName": "aks",
        "properties": {
            "objectType": "BackupInstance", "friendlyName": "aks",
            "dataSourceInfo": {
                "objectType": "Datasource", "datasourceType": _AKS, "resourceID": _CLUSTER,
                "resourceLocation": REGION, "resourceName": "aks", "resourceType": _AKS, "resourceUri": _CLUSTER,
            },
            "policyInfo": {
                "policyId": f"{_VAULT}/backupPolicies/aks-daily",
                "policyParameters": {
                    "dataStoreParametersList": [
                        {
                            "objectType": "AzureOperationalStoreParameters", "dataStoreType": "OperationalStore",
                            "resourceGroupId": GROUP,
                        }
                    ]
                },
            },
        },
    },
    "dataprotection:ResourceGuard": {**IN_GROUP, "resourceGuardsName": "guard", "properties": {}},
    "datafactory:Factory": {**IN_GROUP, "factoryName": "adf-test", "identity": {"type": "SystemAssigned"}},
    "datafactory:IntegrationRuntime": {
        **_IN_FACTORY, "integrationRuntimeName": "ir-ca",
        "properties": {
            "type": "Managed",
            "computeProperties": {"location": "AutoResolve", "dataFlowProperties": {"coreCount": 8}},
        },
    },
    "datafactory:ManagedPrivateEndpoint": {
        **_IN_FACTORY, "managedVirtualNetworkName": "default", "managedPrivateEndpointName": "to-lake",
        "properties": {
            "groupId": "blob",
            "privateLinkResourceId": f"{GROUP}/providers/Microsoft.Storage/storageAccounts/sttest",
        },
    },
    "datafactory:LinkedService": {
        **_IN_FACTORY, "linkedServiceName": "warehouse",
        "properties": {
            "type": "AzureSqlDatabase", "connectionString": "Server=tcp:sql.example;Database=raw",
            "connectVia": {"type": "IntegrationRuntimeReference", "referenceName": "ir-ca"},
        },
    },
    "datafactory:Dataset": {
        **_IN_FACTORY, "datasetName": "raw",
        "properties": {
            "type": "AzureSqlTable",
            "linkedServiceName": {"type": "LinkedServiceReference", "referenceName": "warehouse"},
        },
    },
    "datafactory:DataFlow": {**_IN_FACTORY, "dataFlowName": "clean", "properties": {"type": "MappingDataFlow"}},
    "datafactory:Pipeline": {
        **_IN_FACTORY, "pipelineName": "nightly",
        "activities": [
            {"name": "first", "type": "Wait", "waitTimeInSeconds": 1},
            {
                "name": "second", "type": "Wait", "waitTimeInSeconds": 1,
                "dependsOn": [{"activity": "first", "dependencyConditions": ["Succeeded"]}],
            },
        ],
    },
    "datafactory:Trigger": {
        **_IN_FACTORY, "triggerName": "at-night",
        "properties": {
            "type": "ScheduleTrigger",
            "recurrence": {"frequency": "Day", "interval": 1, "startTime": "2026-01-01T03:00:00Z", "timeZone": "UTC"},
            "pipelines": [{"pipelineReference": {"type": "PipelineReference", "referenceName": "nightly"}}],
        },
    },
}  # fmt: skip
