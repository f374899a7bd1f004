"""One valid resource of each type of Container Apps, in a network of another subscription."""

from __future__ import annotations

from typing import Any

from tests.simulator.azure import GROUP
from tests.simulator.examples.foundation import IDENTITY, IN_GROUP

ENVIRONMENT = f"{GROUP}/providers/Microsoft.App/managedEnvironments/cae"
FAR = (
    "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-hub/providers/Microsoft.Network"
    "/virtualNetworks/far/subnets/runners"
)

EXAMPLES: dict[str, dict[str, Any]] = {
    "app:ManagedEnvironment": {
        **IN_GROUP, "environmentName": "cae",
        "vnetConfiguration": {"internal": True, "infrastructureSubnetId": FAR},
        "workloadProfiles": [{"name": "Consumption", "workloadProfileType": "Consumption"}],
        "appLogsConfiguration": {"destination": "azure-monitor"},
    },
    "app:Job": {
        **IN_GROUP, "jobName": "caj", "environmentId": ENVIRONMENT, "workloadProfileName": "Consumption",
        "identity": {"type": "UserAssigned", "userAssignedIdentities": [IDENTITY]},
        "configuration": {
            "triggerType": "Event", "replicaTimeout": 1800,
            "secrets": [
                {"name": "key", "keyVaultUrl": "https://kv-test.vault.azure.net/secrets/key", "identity": IDENTITY}
            ],
            "eventTriggerConfig": {
                "scale": {
                    "minExecutions": 0, "maxExecutions": 5,
                    "rules": [
                        {
                            "name": "queue", "type": "github-runner", "metadata": {"owner": "contoso"},
                            "auth": [{"secretRef": "key", "triggerParameter": "appKey"}],
                        }
                    ],
                }
            },
        },
        "template": {
            "containers": [
                {"name": "runner", "image": "contoso.azurecr.io/runner", "resources": {"cpu": 2, "memory": "4Gi"}}
            ]
        },
    },
}  # fmt: skip
