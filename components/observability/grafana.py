"""Grafana: where teams look at metrics, reached from the spoke only.

Owns the managed instance, its endpoint and its private way to the metrics workspace. Does not own the dashboards
(`components.observability.dashboards`) or who may open it (`components.observability.alert_wiring`). API keys are off:
people sign in with Entra, pipelines with their identities.
"""

from __future__ import annotations

from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import dashboard

from components import naming
from components.identity.identity import Identity
from components.network import private_dns
from components.network.private_endpoint import PrivateAccess, endpoints
from components.observability.diagnostic_setting import send_diagnostics
from components.placement import Placement
from components.problems import refuse

# 2 to 23 letters, digits and dashes; unique in Azure (azurerm dashboard_grafana, as in the simulator).
MOST_NAME = 23


@dataclass(frozen=True, kw_only=True)
class GrafanaArgs:
    """`zone_redundancy` can't change after creation. `identity` reads metrics and logs."""

    placement: Placement
    resource_group_name: Input[str]
    zone_redundancy: bool
    identity: Identity
    metrics_workspace_id: Input[str]
    access: PrivateAccess
    log_workspace_id: Input[str]


def problems(args: GrafanaArgs) -> list[str]:
    """Every reason why Azure would refuse the instance."""
    name = naming.grafana(args.placement)
    if len(name) > MOST_NAME:
        return [f"{name} has {len(name)} characters: a Grafana takes {MOST_NAME}"]
    return []


class Grafana(ComponentResource):
    """Instance, private endpoint, private way to the metrics, diagnostics."""

    grafana_id: Output[str]
    address: Output[str]

    def __init__(self, name: str, args: GrafanaArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:grafana:Grafana", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self)
        made = _grafana(f"{name}-amg", args, child)
        endpoints(self, name, args.placement, args.access, "grafana", made.id, (private_dns.GRAFANA,))
        dashboard.ManagedPrivateEndpoint(
            f"{name}-mpe-metrics",
            managed_private_endpoint_name="metrics",
            workspace_name=made.name,
            resource_group_name=args.resource_group_name,
            location=args.placement.region,
            private_link_resource_id=args.metrics_workspace_id,
            private_link_resource_region=args.placement.region,
            group_ids=[private_dns.PROMETHEUS[1]],
            request_message="Grafana of this environment; see docs/runbooks/approve-grafana-endpoint.md",
            tags=args.placement.tags,
            opts=child,
        )
        send_diagnostics(f"{name}-diag", made.id, "Microsoft.Dashboard/grafana", args.log_workspace_id, child)
        self.grafana_id, self.address = made.id, made.properties.endpoint
        self.register_outputs({"grafana_id": self.grafana_id, "address": self.address})


def _grafana(name: str, args: GrafanaArgs, opts: ResourceOptions) -> dashboard.Grafana:
    return dashboard.Grafana(
        name,
        workspace_name=naming.grafana(args.placement),
        resource_group_name=args.resource_group_name,
        location=args.placement.region,
        sku=dashboard.ResourceSkuArgs(name="Standard"),
        identity=dashboard.ManagedServiceIdentityArgs(
            type="UserAssigned", user_assigned_identities=[args.identity.identity_id]
        ),
        properties=dashboard.ManagedGrafanaPropertiesArgs(
            api_key="Disabled",
            public_network_access="Disabled",
            zone_redundancy="Enabled" if args.zone_redundancy else "Disabled",
            deterministic_outbound_ip="Disabled",
            grafana_major_version="11",
            grafana_integrations=dashboard.GrafanaIntegrationsArgs(
                azure_monitor_workspace_integrations=[
                    dashboard.AzureMonitorWorkspaceIntegrationArgs(
                        azure_monitor_workspace_resource_id=args.metrics_workspace_id
                    )
                ]
            ),
        ),
        tags=args.placement.tags,
        opts=opts,
    )
