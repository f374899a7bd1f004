"""One valid resource of each further type of the container registry."""

from __future__ import annotations

from typing import Any

from simulator.ids import SUBSCRIPTION
from tests.simulator.azure import GROUP, REGION
from tests.simulator.examples.foundation import RG

REGISTRY = f"{GROUP}/providers/Microsoft.ContainerRegistry/registries/crtest"
_IN_REGISTRY = {**RG, "registryName": "crtest"}
_EDGE = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-edge/providers/Microsoft.ContainerRegistry/registries/credge"
_SECRETS = "https://kv-test.vault.azure.net/secrets"

EXAMPLES: dict[str, dict[str, Any]] = {
    "containerregistry:CredentialSet": {
        **_IN_REGISTRY, "credentialSetName": "docker-hub", "loginServer": "docker.io",
        "identity": {"type": "SystemAssigned"},
        "authCredentials": [
            {
                "name": "Credential1", "usernameSecretIdentifier": f"{_SECRETS}/user",
                "passwordSecretIdentifier": f"{_SECRETS}/password",
            }
        ],
    },
    "containerregistry:CacheRule": {
        **_IN_REGISTRY, "cacheRuleName": "docker", "sourceRepository": "docker.io/library/*",
        "targetRepository": "docker/*", "credentialSetResourceId": f"{REGISTRY}/credentialSets/docker-hub",
    },
    "containerregistry:ScopeMap": {
        **_IN_REGISTRY, "scopeMapName": "readers", "actions": ["repositories/ml/*/content/read"],
    },
    "containerregistry:Token": {
        **_IN_REGISTRY, "tokenName": "edge-site", "scopeMapId": f"{REGISTRY}/scopeMaps/readers",
    },
    "containerregistry:Webhook": {
        **_IN_REGISTRY, "webhookName": "deploy", "location": REGION, "actions": ["push"],
        "serviceUri": "https://hooks.example/deploy",
    },
    "containerregistry:ConnectedRegistry": {
        "resourceGroupName": "rg-edge", "registryName": "credge", "connectedRegistryName": "factory",
        "mode": "ReadOnly",
        "parent": {"syncProperties": {"tokenId": f"{_EDGE}/tokens/factory-sync", "messageTtl": "P1D"}},
    },
    "containerregistry:AgentPool": {
        **_IN_REGISTRY, "agentPoolName": "builders", "location": REGION, "tier": "S2", "os": "Linux",
    },
    "containerregistry:Task": {
        **_IN_REGISTRY, "taskName": "nightly", "location": REGION, "platform": {"os": "Linux"},
        "step": {"type": "EncodedTask", "encodedTaskContent": "c3RlcHM6IFtd"},
        "trigger": {"timerTriggers": [{"name": "night", "schedule": "0 3 * * *"}]},
    },
}  # fmt: skip
