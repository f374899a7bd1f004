"""Cluster collection: which metrics and logs leave the cluster, and where they go.

Owns the data collection endpoint, the rules and their associations with the cluster. Does not own the agents: those are
add-ons of the cluster (`components.aks`). Metrics of nodes and pods go to Prometheus only; sent to Log Analytics too
they would be paid twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import monitor

from components import naming
from components.observability.diagnostic_setting import send_diagnostics
from components.placement import Placement
from components.problems import refuse

PROMETHEUS: Final = "Microsoft-PrometheusMetrics"
# Container Insights can send twelve streams; these are what nobody else tells. Performance is Prometheus' work.
CONTAINER_STREAMS: Final = ("Microsoft-ContainerLogV2", "Microsoft-KubeEvents", "Microsoft-KubePodInventory")
# Chatty, and AKS's own: Microsoft supports them, and their errors show as events.
QUIET_NAMESPACES: Final = ("gatekeeper-system", "kube-system")


@dataclass(frozen=True, kw_only=True)
class ClusterCollectionArgs:
    """None: nothing of the kind is collected. `public_ingestion`: whether agents may send without a private link."""

    placement: Placement
    resource_group_name: Input[str]
    cluster_id: Input[str]
    metrics_workspace_id: Input[str] | None
    container_logs_workspace_id: Input[str] | None
    public_ingestion: bool
    log_workspace_id: Input[str]


def problems(args: ClusterCollectionArgs) -> list[str]:
    """Every reason why nothing would be collected."""
    if args.metrics_workspace_id is None and args.container_logs_workspace_id is None:
        return ["neither metrics nor logs have a destination, so the endpoint would receive nothing"]
    return []


class ClusterCollection(ComponentResource):
    """Endpoint, rules, associations."""

    endpoint_id: Output[str]
    rule_ids: Mapping[str, Output[str]]

    def __init__(self, name: str, args: ClusterCollectionArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:cluster_collection:ClusterCollection", name, {}, opts)
        refuse(name, problems(args))
        self._prefix, self._args, self._child = name, args, ResourceOptions(parent=self)
        self.endpoint_id = self._endpoint().id
        self._associate("endpoint", "configurationAccessEndpoint", None)
        self.rule_ids = {}
        if args.metrics_workspace_id is not None:
            self.rule_ids["metrics"] = self._metrics(args.metrics_workspace_id)
        if args.container_logs_workspace_id is not None:
            self.rule_ids["logs"] = self._logs(args.container_logs_workspace_id)
        self.register_outputs({"endpoint_id": self.endpoint_id, "rule_ids": self.rule_ids})

    def _endpoint(self) -> monitor.DataCollectionEndpoint:
        args = self._args
        return monitor.DataCollectionEndpoint(
            f"{self._prefix}-dce",
            data_collection_endpoint_name=naming.named("dce", args.placement, "cluster"),
            resource_group_name=args.resource_group_name,
            location=args.placement.region,
            kind="Linux",
            network_acls=monitor.DataCollectionEndpointNetworkAclsArgs(
                public_network_access="Enabled" if args.public_ingestion else "Disabled"
            ),
            tags=args.placement.tags,
            opts=self._child,
        )

    def _metrics(self, workspace_id: Input[str]) -> Output[str]:
        rule = self._rule(
            "metrics",
            monitor.DataCollectionRuleDataSourcesArgs(
                prometheus_forwarder=[
                    monitor.PrometheusForwarderDataSourceArgs(name="prometheus", streams=[PROMETHEUS])
                ]
            ),
            monitor.DataCollectionRuleDestinationsArgs(
                monitoring_accounts=[
                    monitor.MonitoringAccountDestinationArgs(name="metrics", account_resource_id=workspace_id)
                ]
            ),
            (PROMETHEUS,),
        )
        # The agent looks for this name.
        self._associate("metrics", "ContainerInsightsMetricsExtension", rule)
        return rule

    def _logs(self, workspace_id: Input[str]) -> Output[str]:
        settings = {
            "interval": "1m",
            "namespaceFilteringMode": "Exclude",
            "namespaces": list(QUIET_NAMESPACES),
            "enableContainerLogV2": True,
        }
        source = monitor.ExtensionDataSourceArgs(
            name="containers",
            extension_name="ContainerInsights",
            streams=list(CONTAINER_STREAMS),
            extension_settings={"dataCollectionSettings": settings},
        )
        rule = self._rule(
            "logs",
            monitor.DataCollectionRuleDataSourcesArgs(extensions=[source]),
            monitor.DataCollectionRuleDestinationsArgs(
                log_analytics=[monitor.LogAnalyticsDestinationArgs(name="logs", workspace_resource_id=workspace_id)]
            ),
            CONTAINER_STREAMS,
        )
        self._associate("logs", "ContainerInsightsExtension", rule)
        return rule

    def _rule(
        self,
        destination: str,
        sources: monitor.DataCollectionRuleDataSourcesArgs,
        destinations: monitor.DataCollectionRuleDestinationsArgs,
        streams: tuple[str, ...],
    ) -> Output[str]:
        args = self._args
        rule = monitor.DataCollectionRule(
            f"{self._prefix}-dcr-{destination}",
            data_collection_rule_name=naming.named("dcr", args.placement, "cluster", destination),
            resource_group_name=args.resource_group_name,
            location=args.placement.region,
            kind="Linux",
            data_collection_endpoint_id=self.endpoint_id,
            data_sources=sources,
            destinations=destinations,
            data_flows=[monitor.DataFlowArgs(streams=list(streams), destinations=[destination])],
            tags=args.placement.tags,
            opts=self._child,
        )
        send_diagnostics(
            f"{self._prefix}-diag-{destination}",
            rule.id,
            "Microsoft.Insights/dataCollectionRules",
            args.log_workspace_id,
            self._child,
        )
        rule_id: Output[str] = rule.id
        return rule_id

    def _associate(self, key: str, association: str, rule_id: Input[str] | None) -> None:
        """With a rule, or with the endpoint that tells agents of a private network which rules they follow."""
        monitor.DataCollectionRuleAssociation(
            f"{self._prefix}-dcra-{key}",
            association_name=association,
            resource_uri=self._args.cluster_id,
            data_collection_rule_id=rule_id,
            data_collection_endpoint_id=self.endpoint_id if rule_id is None else None,
            opts=self._child,
        )
