"""Network operator: NVIDIA's drivers and device plugin for InfiniBand between nodes.

Owns the chart, the label of nodes with InfiniBand cards, and the policy of what runs on them. Does not own the GPU
operator, which discovers what nodes have and loads the GPU's side of GPUDirect (`components.kubernetes.gpu_operator`).
The guide is AKS's own: Azure/aks-rdma-infiniband website/docs/configurations/01-network-operator.md@700dabb
(2026-07-16).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pulumi import ComponentResource, Output, Resource, ResourceOptions
from pulumi_kubernetes.apiextensions import CustomResource

from components.kubernetes.chart import Chart, ChartArgs
from components.problems import refuse

NAMESPACE = "network-operator"
RESOURCE = "rdma/shared_ib"
"""What a pod asks for, once, to reach the InfiniBand cards of its node."""
CARD = "feature.node.kubernetes.io/pci-15b3.present"
# Azure gives every node a card of this vendor for Ethernet; only these two are InfiniBand (network-operator-nfd.yaml).
VENDOR, DEVICES = "15b3", ("101c", "101e")
MOST_PODS = 1000
# What the guide's files run: configs/nicclusterpolicy@700dabb.
IMAGES = "nvcr.io/nvidia/mellanox"
DRIVER, PLUGIN = "doca3.2.0-25.10-1.2.8.0-2", "network-operator-v25.10.0"


@dataclass(frozen=True, kw_only=True)
class NetworkOperatorArgs:
    """`pods_per_node`: pods that share the cards of a node. `ready`: the GPU operator, which discovers the cards."""

    pods_per_node: int
    ready: Sequence[Resource] = ()


def problems(args: NetworkOperatorArgs) -> list[str]:
    """Every reason why no pod would get InfiniBand."""
    if 1 <= args.pods_per_node <= MOST_PODS:
        return []
    return [f"{args.pods_per_node} pods share the cards of a node: needs 1 to {MOST_PODS}"]


VALUES: dict[str, Any] = {"nfd": {"enabled": False, "deployNodeFeatureRules": False}}
"""The chart's values: the GPU operator has node feature discovery, and two of them would undo each other's labels."""


def policy_spec(pods_per_node: int) -> dict[str, Any]:
    """Drivers and device plugin, on nodes with InfiniBand cards alone."""
    on_cards = {"matchExpressions": [{"key": CARD, "operator": "In", "values": ["true"]}]}
    devices = {"resourceName": RESOURCE.removeprefix("rdma/"), "rdmaHcaMax": pods_per_node}
    selectors = {"vendors": [VENDOR], "linkTypes": ["infiniband"]}
    return {
        "nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [on_cards]}},
        "tolerations": [{"operator": "Exists"}],
        "ofedDriver": {
            "repository": IMAGES,
            "image": "doca-driver",
            "version": DRIVER,
            # Without it the list of modules that must not load is written too late (Mellanox/doca-driver-build#52).
            "env": [
                {"name": "OFED_BLACKLIST_MODULES_FILE", "value": "/host/etc/modprobe.d/blacklist-ofed-modules.conf"}
            ],
            # A node keeps its driver until it is replaced: an upgrade in place would drain jobs of days.
            "upgradePolicy": {"autoUpgrade": False},
        },
        "rdmaSharedDevicePlugin": {
            "repository": IMAGES,
            "image": "k8s-rdma-shared-dev-plugin",
            "version": PLUGIN,
            "config": json.dumps({"configList": [{**devices, "selectors": selectors}]}),
        },
    }


class NetworkOperator(ComponentResource):
    """Chart, label, policy."""

    namespace: Output[str]

    def __init__(self, name: str, args: NetworkOperatorArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:network_operator:NetworkOperator", name, {}, opts)
        refuse(name, problems(args))
        chart = Chart(
            f"{name}-chart",
            ChartArgs(
                chart="network-operator",
                namespace=NAMESPACE,
                pod_security="privileged",
                values=VALUES,
                ready=args.ready,
            ),
            ResourceOptions(parent=self),
        )
        label = _label(f"{name}-cards", ResourceOptions(parent=self, depends_on=[chart, *args.ready]))
        CustomResource(
            f"{name}-policy",
            api_version="mellanox.com/v1alpha1",
            kind="NicClusterPolicy",
            # The operator reads the policy of this name alone.
            metadata={"name": "nic-cluster-policy"},
            spec=policy_spec(args.pods_per_node),
            opts=ResourceOptions(parent=self, depends_on=[label]),
        )
        self.namespace = Output.from_input(NAMESPACE)
        self.register_outputs({"namespace": self.namespace})


def _label(name: str, opts: ResourceOptions) -> CustomResource:
    match = {"vendor": {"op": "In", "value": [VENDOR]}, "device": {"op": "In", "value": list(DEVICES)}}
    rule = {
        "name": "infiniband",
        "labels": {CARD: "true"},
        "matchFeatures": [{"feature": "pci.device", "matchExpressions": match}],
    }
    return CustomResource(
        name,
        api_version="nfd.k8s-sigs.io/v1alpha1",
        kind="NodeFeatureRule",
        metadata={"name": "infiniband"},
        spec={"rules": [rule]},
        opts=opts,
    )
