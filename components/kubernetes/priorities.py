"""Priorities: which pods go first, and which pools the autoscaler asks first.

Owns the priority classes and the ConfigMap of AKS's priority expander. Does not own which expander the cluster has
(`components.aks.cluster_scaling`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import yaml
from pulumi import ComponentResource, Output, ResourceOptions
from pulumi_kubernetes.core.v1 import ConfigMap
from pulumi_kubernetes.scheduling.v1 import PriorityClass

from components.problems import refuse

CLASSES = {
    "serving": (100_000, "Answers people: takes the place of everything below."),
    "interactive": (50_000, "Somebody sits and waits: notebooks, debugging."),
    "training": (10_000, "Jobs that save checkpoints; the queue decides which of them runs."),
    "spare": (0, "Runs on what is left over, and gives way to everything."),
}
"""Above -10, below which the autoscaler adds no node (AKS, `cluster-autoscaler-overview.md`)."""


@dataclass(frozen=True, kw_only=True)
class PrioritiesArgs:
    """`pools`: the autoscaler's priority of each pool by name, highest first; empty: another expander is used."""

    pools: Mapping[str, int]


def problems(args: PrioritiesArgs) -> list[str]:
    """Every reason why the expander would ignore the table."""
    return [f"priority {value} of {name}: must be 1 or more" for name, value in args.pools.items() if value < 1]


def expander_table(pools: Mapping[str, int]) -> str:
    """Patterns of node groups by priority. A pool that matches none would never grow."""
    by_priority: dict[int, list[str]] = {}
    for name, value in pools.items():
        by_priority.setdefault(value, []).append(f"^aks-{name}-.*")
    return yaml.safe_dump(by_priority, sort_keys=True, default_flow_style=False)


class Priorities(ComponentResource):
    """Priority classes and the expander's table."""

    class_names: Output[list[str]]

    def __init__(self, name: str, args: PrioritiesArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:priorities:Priorities", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self)
        for key, (value, description) in CLASSES.items():
            PriorityClass(
                f"{name}-{key}",
                metadata={"name": key},
                value=value,
                description=description,
                # Batch work must not throw others' batch work out: Kueue decides that.
                preemption_policy="PreemptLowerPriority" if value >= 50_000 else "Never",
                opts=child,
            )
        if args.pools:
            ConfigMap(
                f"{name}-expander",
                metadata={"name": "cluster-autoscaler-priority-expander", "namespace": "kube-system"},
                data={"priorities": expander_table(args.pools)},
                opts=child,
            )
        self.class_names = Output.from_input(list(CLASSES))
        self.register_outputs({"class_names": self.class_names})
