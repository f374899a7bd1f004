"""Observability: the Log Analytics workspace that every log goes to, and Application Insights on top of it.

Owns both. Does not own what is sent (`components.observability.diagnostic_setting`). Application Insights
gets no diagnostic setting: based on the workspace it stores there already, and a setting would store every record
twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import applicationinsights, operationalinsights

from components import naming
from components.observability.alert import Severity
from components.observability.diagnostic_setting import send_diagnostics
from components.options import stateful
from components.placement import Placement
from components.problems import refuse


@dataclass(frozen=True, kw_only=True)
class ObservabilityArgs:
    """`daily_cap_gb` None: no cap. `public_…`: whether networks without a private link may send, or read, logs."""

    placement: Placement
    resource_group_name: Input[str]
    retention_days: int
    daily_cap_gb: float | None
    action_group_ids: Mapping[Severity, Input[str]]
    public_ingestion: bool = True
    public_queries: bool = True
    container_log_days: int | None = None
    """How long logs of containers are kept, on the plan Basic. None: none come in."""


def problems(args: ObservabilityArgs) -> list[str]:
    """Every reason why the workspace can't be built."""
    found = []
    if not 30 <= args.retention_days <= 730:
        found.append(f"retention of {args.retention_days} days: Log Analytics keeps 30 to 730")
    if args.daily_cap_gb is not None and args.daily_cap_gb <= 0:
        found.append(f"daily cap of {args.daily_cap_gb} GB: must be more than 0; leave it out for no cap")
    return found


class Observability(ComponentResource):
    """Log Analytics and Application Insights."""

    log_workspace_id: Output[str]
    log_workspace_name: Output[str]
    application_insights_id: Output[str]
    application_insights_connection: Output[str]
    """Its address; opens nothing by itself, as local authentication is off."""
    action_group_ids: Mapping[Severity, Input[str]]
    """Whom an alert of this severity tells."""

    def __init__(self, name: str, args: ObservabilityArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:observability:Observability", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self)
        logs = _log_workspace(f"{name}-log", args, stateful(self, args.placement))
        insights = _application_insights(f"{name}-appi", args, logs.id, child)
        # The workspace's own audit: who queried which logs.
        send_diagnostics(f"{name}-diag-log", logs.id, "Microsoft.OperationalInsights/workspaces", logs.id, child)
        if args.container_log_days is not None:
            _container_logs(f"{name}-container-logs", args, logs, args.container_log_days, child)
        self.log_workspace_id, self.application_insights_id = logs.id, insights.id
        self.application_insights_connection = insights.connection_string
        self.action_group_ids = args.action_group_ids
        self.log_workspace_name = logs.name
        self.register_outputs(
            {
                "log_workspace_id": self.log_workspace_id,
                "application_insights_id": self.application_insights_id,
            }
        )


def _log_workspace(name: str, args: ObservabilityArgs, opts: ResourceOptions) -> operationalinsights.Workspace:
    return operationalinsights.Workspace(
        name,
        workspace_name=naming.named("log", args.placement),
        resource_group_name=args.resource_group_name,
        location=args.placement.region,
        sku=operationalinsights.WorkspaceSkuArgs(name="PerGB2018"),
        retention_in_days=args.retention_days,
        workspace_capping=operationalinsights.WorkspaceCappingArgs(daily_quota_gb=args.daily_cap_gb)
        if args.daily_cap_gb is not None
        else None,
        features=operationalinsights.WorkspaceFeaturesArgs(
            disable_local_auth=True,
            # Whoever may read a resource may read its logs, and no others.
            enable_log_access_using_only_resource_permissions=True,
        ),
        # Diagnostic settings come over Microsoft's network whatever this says; agents need a private link scope first.
        public_network_access_for_ingestion=_access(args.public_ingestion),
        public_network_access_for_query=_access(args.public_queries),
        tags=args.placement.tags,
        opts=opts,
    )


def _container_logs(
    name: str, args: ObservabilityArgs, logs: operationalinsights.Workspace, days: int, opts: ResourceOptions
) -> operationalinsights.Table:
    return operationalinsights.Table(
        name,
        table_name="ContainerLogV2",
        resource_group_name=args.resource_group_name,
        workspace_name=logs.name,
        # A fraction of the price of Analytics for what is written much and read seldom; no alert can query it.
        plan="Basic",
        total_retention_in_days=days,
        # Azure's own tables can't be deleted.
        opts=ResourceOptions.merge(opts, ResourceOptions(retain_on_delete=True)),
    )


def _application_insights(
    name: str, args: ObservabilityArgs, log_workspace_id: Input[str], opts: ResourceOptions
) -> applicationinsights.Component:
    return applicationinsights.Component(
        name,
        resource_name_=naming.named("appi", args.placement),
        resource_group_name=args.resource_group_name,
        location=args.placement.region,
        application_type="web",
        kind="web",
        ingestion_mode="LogAnalytics",
        workspace_resource_id=log_workspace_id,
        disable_local_auth=True,
        public_network_access_for_ingestion=_access(args.public_ingestion),
        public_network_access_for_query=_access(args.public_queries),
        tags=args.placement.tags,
        opts=opts,
    )


def _access(public: bool) -> str:
    return "Enabled" if public else "Disabled"
