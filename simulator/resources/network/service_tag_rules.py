"""What Azure refuses as a service tag: names that are taken for one and are none."""

from __future__ import annotations

from typing import Final

# Tags: azure-docs:virtual-network/service-tags-overview.md (checked 2026-11-25).
_MEANT: Final = {
    "activedirectory": "AzureActiveDirectory",
    "azuresql": "Sql",
    "azurestorage": "Storage",
    "containerregistry": "AzureContainerRegistry",
    "cosmosdb": "AzureCosmosDB",
    "databricks": "AzureDatabricks",
    "frontdoor": "AzureFrontDoor",
    "keyvault": "AzureKeyVault",
    "loadbalancer": "AzureLoadBalancer",
    "machinelearning": "AzureMachineLearning",
    "resourcemanager": "AzureResourceManager",
    "loadbalancers": "AzureLoadBalancer",
    "azureloadbalancers": "AzureLoadBalancer",
    "virtualnetworks": "VirtualNetwork",
    "vnet": "VirtualNetwork",
    # Names of service endpoints.
    "microsoft.azurecosmosdb": "AzureCosmosDB",
    "microsoft.containerregistry": "AzureContainerRegistry",
    "microsoft.eventhub": "EventHub",
    "microsoft.keyvault": "AzureKeyVault",
    "microsoft.servicebus": "ServiceBus",
    "microsoft.sql": "Sql",
    "microsoft.storage": "Storage",
    "microsoft.web": "AppService",
}


def tag_meant(text: str) -> str | None:
    """The tag that was meant by a name that is no tag, with the region that stands behind it."""
    name = text.lower()
    for wrong, tag in _MEANT.items():
        if name == wrong or name.startswith(f"{wrong}."):
            return tag + text[len(wrong) :]
    return None
