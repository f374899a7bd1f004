"""Microsoft.ContainerService/managedClusters/agentPools."""

from __future__ import annotations

from typing import Any

from simulator.ids import parents
from simulator.model import Model, Request, guid


class AgentPools(Model):
    """A node pool that is a resource of its own."""

    token = "azure-native:containerservice:AgentPool"
    # Fixed at creation (azure-docs, AKS node pools). azure-native replaces the pool for others, see replacement.yaml.
    unchangeable = (
        "availabilityZones", "capacityReservationGroupID", "enableEncryptionAtHost", "enableFIPS", "enableNodePublicIP",
        "enableUltraSSD", "gpuProfile.driver", "hostGroupID", "kubeletConfig", "linuxOSConfig", "maxPods",
        "osDiskSizeGB", "osDiskType", "osType", "podSubnetID", "proximityPlacementGroupID", "scaleSetEvictionPolicy",
        "scaleSetPriority", "spotMaxPrice", "type", "vnetSubnetID", "workloadRuntime",
    )  # fmt: skip

    def defaults(self, request: Request) -> dict[str, Any]:
        """What the service fills in for a pool that says nothing."""
        return {
            "count": request.known("minCount", 1),
            "mode": "User",
            "osDiskType": "Managed",
            "osType": "Linux",
            "osSKU": "Ubuntu",
            "scaleDownMode": "Delete",
            "type": "VirtualMachineScaleSets",
            "maxPods": 250,
        }

    def outputs(self, request: Request) -> dict[str, Any]:
        """The versions that the nodes run."""
        cluster = request.world.get(next(parents(request.id)))
        version = request.at("orchestratorVersion")
        if version is None:
            version = cluster.body.get("kubernetesVersion") if cluster is not None else None
        return {
            "currentOrchestratorVersion": "" if version is None else version,
            "nodeImageVersion": "simulated",
            "powerState": {"code": "Running"},
            "eTag": guid(request.id, "etag"),
        }
