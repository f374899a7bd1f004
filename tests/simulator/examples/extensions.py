"""One valid resource of each type that is installed in a cluster from outside."""

from __future__ import annotations

from typing import Any

from tests.simulator.examples.foundation import RG

CLUSTER = {
    **RG, "clusterRp": "Microsoft.ContainerService", "clusterResourceName": "managedClusters", "clusterName": "aks",
}  # fmt: skip

EXAMPLES: dict[str, dict[str, Any]] = {
    "kubernetesconfiguration:Extension": {
        **CLUSTER, "extensionName": "azureml", "extensionType": "Microsoft.AzureML.Kubernetes",
        "autoUpgradeMinorVersion": True, "releaseTrain": "stable",
        "scope": {"cluster": {"releaseNamespace": "azureml"}},
        "configurationSettings": {
            "enableTraining": "True", "enableInference": "True", "inferenceRouterServiceType": "LoadBalancer",
            "allowInsecureConnections": "True", "internalLoadBalancerProvider": "azure",
        },
    },
    "kubernetesconfiguration:FluxConfiguration": {
        **CLUSTER, "fluxConfigurationName": "platform", "namespace": "flux-system", "scope": "cluster",
        "sourceKind": "GitRepository",
        "gitRepository": {
            "url": "https://github.com/contoso/platform", "repositoryRef": {"branch": "main"},
            "syncIntervalInSeconds": 300,
        },
        "kustomizations": {
            "infra": {"path": "./infra", "prune": True}, "apps": {"path": "./apps", "dependsOn": ["infra"]},
        },
    },
}  # fmt: skip
