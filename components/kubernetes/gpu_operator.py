"""GPU operator: NVIDIA's device plugin, metrics and, on pools that leave it to the operator, driver and toolkit.

Owns the chart's values, the configurations of the device plugin and the scrape of the metrics. Does not own which pool
has which configuration: that is a label of its nodes (`components.aks.gpu_pool`), so that a pool of slices and a pool
of whole GPUs live in one cluster.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from pulumi import ComponentResource, Output, ResourceOptions
from pulumi_kubernetes.core.v1 import ConfigMap

from components.kubernetes.chart import Chart, ChartArgs
from components.kubernetes.scrape import scrape
from components.problems import refuse

NAMESPACE = "gpu-operator"
CONFIGS = "device-plugin-configs"


@dataclass(frozen=True, kw_only=True)
class GpuOperatorArgs:
    """`driver`: whether a pool leaves its driver to the operator. `configs`: names that the pools' labels use.

    `infiniband`: whether the network operator is there, so that GPUs are reached over the network (GPUDirect).
    """

    driver: bool
    infiniband: bool
    configs: Sequence[str]
    metrics: bool


def problems(args: GpuOperatorArgs) -> list[str]:
    """Configurations that nothing here knows."""
    return [f"unknown device configuration {name}" for name in args.configs if device_plugin_config(name) is None]


def device_plugin_config(name: str) -> dict[str, Any] | None:
    """How GPUs are offered under that name; None: no such name."""
    kind, _, what = name.partition("-")
    if name == "whole":
        return {"version": "v1"}
    if kind == "mig" and what in ("single", "mixed"):
        return {"version": "v1", "flags": {"migStrategy": what}}
    if kind == "shares" and what.isdecimal():
        # One share for each pod: two would promise memory that time-slicing does not give.
        resources = [{"name": "nvidia.com/gpu", "replicas": int(what)}]
        slicing = {"failRequestsGreaterThanOne": True, "resources": resources}
        return {"version": "v1", "sharing": {"timeSlicing": slicing}}
    return None


def values(args: GpuOperatorArgs) -> dict[str, Any]:
    """The chart's values."""
    tolerations = [{"operator": "Exists"}]
    return {
        "driver": {"enabled": args.driver, "rdma": {"enabled": args.driver and args.infiniband}},
        # Without it, toolkit 1.19 writes a containerd file newer than AKS's own, and every GPU node goes NotReady
        # (NVIDIA/aicr#1688, 2026-07-09).
        "toolkit": {"enabled": args.driver, "env": [{"name": "RUNTIME_CONFIG_SOURCE", "value": "file"}]},
        "devicePlugin": {"config": {"name": CONFIGS, "default": "whole"}},
        # AKS slices as a node starts; a second hand would undo it.
        "migManager": {"enabled": False},
        "dcgmExporter": {"enabled": args.metrics, "serviceMonitor": {"enabled": False}},
        "nfd": {"enabled": True},
        "daemonsets": {"tolerations": tolerations},
        "node-feature-discovery": {"worker": {"tolerations": tolerations}},
    }


class GpuOperator(ComponentResource):
    """Chart, device configurations, scrape."""

    namespace: Output[str]

    def __init__(self, name: str, args: GpuOperatorArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:gpu_operator:GpuOperator", name, {}, opts)
        refuse(name, problems(args))
        self.chart = Chart(
            f"{name}-chart",
            ChartArgs(chart="gpu-operator", namespace=NAMESPACE, pod_security="privileged", values=values(args)),
            ResourceOptions(parent=self),
        )
        after = ResourceOptions(parent=self, depends_on=[self.chart])
        ConfigMap(
            f"{name}-configs",
            metadata={"name": CONFIGS, "namespace": NAMESPACE},
            data={each: yaml.safe_dump(device_plugin_config(each)) for each in sorted({"whole", *args.configs})},
            opts=after,
        )
        if args.metrics:
            scrape(f"{name}-metrics", "dcgm-exporter", NAMESPACE, {"app": "nvidia-dcgm-exporter"}, after)
        self.namespace = Output.from_input(NAMESPACE)
        self.register_outputs({"namespace": self.namespace})
