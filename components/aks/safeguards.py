"""Safeguards: what a manifest must say before the cluster takes it (AKS deployment safeguards).

Owns the level and the namespaces that are let off. Does not own Azure Policy's assignments (`components.governance`);
the safeguards need the cluster's Azure Policy add-on, which is always on.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import containerservice as aks

from components.problems import refuse


@dataclass(frozen=True, kw_only=True)
class SafeguardsArgs:
    """`level` Enforce: refuses and completes manifests; Warn: tells only."""

    cluster_id: Input[str]
    level: Literal["Warn", "Enforce"]
    excluded_namespaces: tuple[str, ...]


def problems(args: SafeguardsArgs) -> list[str]:
    """Every namespace that is named twice."""
    twice = [namespace for namespace, count in Counter(args.excluded_namespaces).items() if count > 1]
    return [f"namespace {namespace} is excluded twice" for namespace in twice]


class Safeguards(ComponentResource):
    """Deployment safeguards of one cluster."""

    safeguards_id: Output[str]

    def __init__(self, name: str, args: SafeguardsArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:safeguards:Safeguards", name, {}, opts)
        refuse(name, problems(args))
        made = aks.DeploymentSafeguard(
            f"{name}-safeguards",
            resource_uri=args.cluster_id,
            level=args.level,
            excluded_namespaces=list(args.excluded_namespaces) or None,
            opts=ResourceOptions(parent=self),
        )
        self.safeguards_id = made.id
        self.register_outputs({"safeguards_id": self.safeguards_id})
