"""Microsoft.ContainerService/managedClusters/agentPools."""

from __future__ import annotations

from typing import Any

from simulator.ids import parents
from simulator.model import Model, Request, guid
from simulator.resources.containerservice.pool import NODE_IMAGE
from simulator.resources.containerservice.pool_cluster_rules import CLUSTER_FIT_RULES
from simulator.resources.containerservice.pool_config_rules import CONFIG_RULES
from simulator.resources.containerservice.pool_gateway_rules import GATEWAY_RULES
from simulator.resources.containerservice.pool_label_rules import LABEL_RULES
from simulator.resources.containerservice.pool_lifecycle_rules import FIXED, LIFECYCLE_RULES
from simulator.resources.containerservice.pool_os_rules import OS_RULES
from simulator.resources.containerservice.pool_placement_rules import PLACEMENT_RULES
from simulator.resources.containerservice.pool_retired_rules import RETIRED_RULES
from simulator.resources.containerservice.pool_rules import POOL_RULES
from simulator.resources.containerservice.pool_size_rules import SIZE_RULES
from simulator.resources.containerservice.pool_subnet_rules import SUBNET_RULES
from simulator.resources.containerservice.state_rules import POOL_STATE_RULES
from simulator.store import Record
from simulator.values import UNKNOWN, at


class AgentPools(Model):
    """A node pool that is a resource of its own."""

    token = "azure-native:containerservice:AgentPool"
    # azure-native replaces the pool for others, see replacement.yaml.
    unchangeable = FIXED
    rules = (
        *RETIRED_RULES, *POOL_RULES, *LABEL_RULES, *OS_RULES, *SIZE_RULES, *PLACEMENT_RULES, *CONFIG_RULES,
        *CLUSTER_FIT_RULES, *SUBNET_RULES, *LIFECYCLE_RULES, *GATEWAY_RULES, *POOL_STATE_RULES,
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
            "scaleSetPriority": "Regular",
            "type": "VirtualMachineScaleSets",
            **_max_pods(request),
        }

    def outputs(self, request: Request) -> dict[str, Any]:
        """The versions that the nodes run."""
        cluster = _cluster(request)
        version = request.at("orchestratorVersion")
        if version is None:
            version = cluster.body.get("kubernetesVersion") if cluster is not None else None
        return {
            "currentOrchestratorVersion": "" if version is None else version,
            "nodeImageVersion": NODE_IMAGE,
            "powerState": {"code": "Running"},
            "eTag": guid(request.id, "etag"),
        }


def _cluster(request: Request) -> Record | None:
    return request.world.get(next(parents(request.id)))


def _max_pods(request: Request) -> dict[str, Any]:
    """Pods per node by default (azure-docs, "Maximum pods per node"); nothing where the network plugin isn't said."""
    cluster = _cluster(request)
    plugin = at(cluster.body, "networkProfile.networkPlugin") if cluster is not None else None
    mode = at(cluster.body, "networkProfile.networkPluginMode") if cluster is not None else None
    if plugin == "azure":
        return {"maxPods": UNKNOWN if mode is UNKNOWN else 250 if mode == "overlay" else 30}
    return {"maxPods": 110} if plugin == "kubenet" else {}
