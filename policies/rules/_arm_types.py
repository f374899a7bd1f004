"""Resource types as Azure Resource Manager names them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from policies.types import (
    AI_ACCOUNT,
    CLUSTER,
    DATA_FACTORY,
    DATABRICKS_WORKSPACE,
    EVENT_NAMESPACE,
    GRAFANA,
    METRICS_WORKSPACE,
    ML_REGISTRY,
    ML_WORKSPACE,
    PRIVATE_LINK_SCOPE,
    REGISTRY,
    SEARCH_SERVICE,
    STORAGE_ACCOUNT,
    VAULT,
    WEB_APP,
)

ARM_TYPES: Final[Mapping[str, str]] = {
    AI_ACCOUNT: "Microsoft.CognitiveServices/accounts",
    CLUSTER: "Microsoft.ContainerService/managedClusters",
    DATA_FACTORY: "Microsoft.DataFactory/factories",
    DATABRICKS_WORKSPACE: "Microsoft.Databricks/workspaces",
    EVENT_NAMESPACE: "Microsoft.EventHub/namespaces",
    GRAFANA: "Microsoft.Dashboard/grafana",
    METRICS_WORKSPACE: "Microsoft.Monitor/accounts",
    ML_REGISTRY: "Microsoft.MachineLearningServices/registries",
    ML_WORKSPACE: "Microsoft.MachineLearningServices/workspaces",
    PRIVATE_LINK_SCOPE: "Microsoft.Insights/privateLinkScopes",
    REGISTRY: "Microsoft.ContainerRegistry/registries",
    SEARCH_SERVICE: "Microsoft.Search/searchServices",
    STORAGE_ACCOUNT: "Microsoft.Storage/storageAccounts",
    VAULT: "Microsoft.KeyVault/vaults",
    WEB_APP: "Microsoft.Web/sites",
}
"""Services that others depend on, by the name that the tables in `facts` have for them."""
_PROVIDERS: Final = "/providers/"


def arm_type(arm_id: str) -> str:
    """The resource type in an ARM id: `Microsoft.KeyVault/vaults`; empty where it is no id of a resource."""
    at = arm_id.lower().rfind(_PROVIDERS)
    found, rest = at >= 0, arm_id[at + len(_PROVIDERS) :]
    parts = rest.strip("/").split("/")
    return "/".join([parts[0], *parts[1::2]]) if found and len(parts) > 1 else ""
