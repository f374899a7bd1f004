"""Metrics workspace: where managed Prometheus keeps what clusters measure.

Owns the Azure Monitor workspace and its endpoint for queries. Does not own what is collected
(`components.observability.cluster_collection`).
"""

from __future__ import annotations

from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import monitor

from components import naming
from components.network import private_dns
from components.network.private_endpoint import PrivateAccess, endpoints
from components.options import stateful
from components.placement import Placement
from components.problems import refuse


@dataclass(frozen=True, kw_only=True)
class MetricsWorkspaceArgs:
    """Where it is."""

    placement: Placement
    resource_group_name: Input[str]
    access: PrivateAccess


def problems(args: MetricsWorkspaceArgs) -> list[str]:
    """Every reason why nobody could query the metrics."""
    if not args.access.zone_ids:
        return ["no private DNS zone: Grafana would ask the public address, which is closed"]
    return []


class MetricsWorkspace(ComponentResource):
    """Azure Monitor workspace, private endpoint."""

    workspace_id: Output[str]

    def __init__(self, name: str, args: MetricsWorkspaceArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:metrics_workspace:MetricsWorkspace", name, {}, opts)
        refuse(name, problems(args))
        made = monitor.AzureMonitorWorkspace(
            f"{name}-amw",
            azure_monitor_workspace_name=naming.named("amw", args.placement),
            resource_group_name=args.resource_group_name,
            location=args.placement.region,
            public_network_access="Disabled",
            tags=args.placement.tags,
            opts=stateful(self, args.placement),
        )
        endpoints(self, name, args.placement, args.access, "metrics", made.id, (private_dns.PROMETHEUS,))
        self.workspace_id = made.id
        self.register_outputs({"workspace_id": self.workspace_id})
