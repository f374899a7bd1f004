"""One valid resource of each type of Cognitive Services, on an account of AI Foundry."""

from __future__ import annotations

from typing import Any

from tests.simulator.examples.foundation import IN_GROUP, RG

_IN_ACCOUNT = {**RG, "accountName": "ais-test"}

EXAMPLES: dict[str, dict[str, Any]] = {
    "cognitiveservices:Account": {
        **IN_GROUP, "accountName": "ais-test", "kind": "AIServices", "sku": {"name": "S0"},
        "identity": {"type": "SystemAssigned"},
        "properties": {
            "customSubDomainName": "ais-test", "publicNetworkAccess": "Disabled", "allowProjectManagement": True,
        },
    },
    "cognitiveservices:RaiPolicy": {
        **_IN_ACCOUNT, "raiPolicyName": "strict",
        "properties": {
            "basePolicyName": "Microsoft.DefaultV2", "mode": "Blocking",
            "contentFilters": [
                {"name": "Hate", "source": "Prompt", "enabled": True, "blocking": True, "severityThreshold": "Low"},
            ],
        },
    },
    "cognitiveservices:Deployment": {
        **_IN_ACCOUNT, "deploymentName": "chat", "sku": {"name": "GlobalStandard", "capacity": 10},
        "properties": {
            "model": {"format": "OpenAI", "name": "gpt-5.1", "version": "2025-11-13"}, "raiPolicyName": "strict",
        },
    },
    "cognitiveservices:Project": {
        **_IN_ACCOUNT, "projectName": "churn", **IN_GROUP, "identity": {"type": "SystemAssigned"},
        "properties": {"displayName": "Churn", "description": "Who leaves"},
    },
    "cognitiveservices:PrivateEndpointConnection": {
        "resourceGroupName": "rg-hub", "accountName": "hub", "privateEndpointConnectionName": "pe-hub",
        "properties": {"privateLinkServiceConnectionState": {"status": "Approved", "description": "Known"}},
    },
    "cognitiveservices:AccountCapabilityHost": {
        **_IN_ACCOUNT, "capabilityHostName": "agents", "capabilityHostProperties": {"capabilityHostKind": "Agents"},
    },
    "cognitiveservices:ProjectCapabilityHost": {
        **_IN_ACCOUNT, "projectName": "churn", "capabilityHostName": "agents",
        "projectCapabilityHostProperties": {"threadStorageConnections": ["cosmos"]},
    },
}  # fmt: skip
