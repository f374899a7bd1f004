"""Dashboards: graphs over the cluster's metrics, as resources of Azure.

Owns one dashboard for each board (`components.observability.boards`), with its definition. Does not create folders,
users or data sources: these dashboards are shown by Azure Monitor with Grafana, which reads the metrics workspace with
the rights of whoever looks. Managed Grafana is not written to: closed and without API keys, it could be reached from
inside the spoke only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import dashboard

from components import naming
from components.observability.boards import Board, model
from components.placement import Placement
from components.problems import refuse

# One definition is shown; no source says that it may have another name.
DEFINITION = "default"


@dataclass(frozen=True, kw_only=True)
class DashboardsArgs:
    """The boards, each of another name."""

    placement: Placement
    resource_group_name: Input[str]
    boards: tuple[Board, ...]


def problems(args: DashboardsArgs) -> list[str]:
    """Every reason why a dashboard can't be built, or would show nothing."""
    names = [board.name for board in args.boards]
    found = [f"two boards are named {name}" for name in sorted(set(names)) if names.count(name) > 1]
    return [*found, *(f"board {board.name} has no panel" for board in args.boards if not board.panels)]


class Dashboards(ComponentResource):
    """A dashboard and its definition for each board."""

    dashboard_ids: Mapping[str, Output[str]]
    """By board."""

    def __init__(self, name: str, args: DashboardsArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:dashboards:Dashboards", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self)
        self.dashboard_ids = {board.name: _dashboard(name, board, args, child) for board in args.boards}
        self.register_outputs({"dashboard_ids": self.dashboard_ids})


def _dashboard(prefix: str, board: Board, args: DashboardsArgs, opts: ResourceOptions) -> Output[str]:
    made = dashboard.Dashboard(
        f"{prefix}-{board.name}",
        dashboard_name=naming.named("dash", args.placement, board.name),
        resource_group_name=args.resource_group_name,
        location=args.placement.region,
        tags=args.placement.tags,
        opts=opts,
    )
    dashboard.DashboardDefinition(
        f"{prefix}-{board.name}-definition",
        definition_name=DEFINITION,
        dashboard_name=made.name,
        resource_group_name=args.resource_group_name,
        properties=dashboard.DashboardDefinitionPropertiesArgs(serialized_data=model(board)),
        opts=opts,
    )
    dashboard_id: Output[str] = made.id
    return dashboard_id
