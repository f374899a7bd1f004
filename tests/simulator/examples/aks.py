"""One valid resource of each type of AKS beyond the cluster and its pools."""

from __future__ import annotations

from typing import Any

from tests.simulator.azure import GROUP
from tests.simulator.examples.foundation import RG

EXAMPLES: dict[str, dict[str, Any]] = {
    "containerservice:TrustedAccessRoleBinding": {
        **RG, "resourceName": "aks", "trustedAccessRoleBindingName": "ml",
        "roles": ["Microsoft.MachineLearningServices/workspaces/mlworkload"],
        "sourceResourceId": f"{GROUP}/providers/Microsoft.MachineLearningServices/workspaces/mlw-test",
    },
    "containerservice:DeploymentSafeguard": {
        "resourceUri": f"{GROUP}/providers/Microsoft.ContainerService/managedClusters/aks", "level": "Enforce",
        "excludedNamespaces": ["gpu-operator"],
    },
}  # fmt: skip
