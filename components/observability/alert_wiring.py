"""From settings to everything that watches: metrics, dashboards, Grafana and alerts, once what they watch stands.

What is watched is not a list that somebody keeps: it is whatever the platform has made so far and the table of metric
alerts knows.
"""

from __future__ import annotations

from collections.abc import Iterator

from pulumi import CustomResource, Resource, ResourceOptions

from components import naming
from components.aks.cluster import Cluster
from components.children import children, logical_name
from components.context import Foundation
from components.network import monitor_private_link
from components.observability import metric_alert_table as table
from components.observability import prometheus_cluster, prometheus_gpu, prometheus_serving
from components.observability.activity_alerts import ALERTS, ActivityAlerts, ActivityAlertsArgs
from components.observability.alert import Severity
from components.observability.availability_test import AvailabilityTest, AvailabilityTestArgs
from components.observability.boards import BOARDS
from components.observability.cluster_collection import ClusterCollection, ClusterCollectionArgs
from components.observability.dashboards import Dashboards, DashboardsArgs
from components.observability.grafana_wiring import build_grafana
from components.observability.log_alerts import LogAlerts, LogAlertsArgs, log_alerts
from components.observability.metric_alerts import MetricAlerts, MetricAlertsArgs, Watched
from components.observability.metrics_workspace import MetricsWorkspace, MetricsWorkspaceArgs
from components.observability.prometheus_rules import PrometheusRules, PrometheusRulesArgs, RuleGroup
from stacks.sections.monitoring import AlertSettings

WATCHED = {
    "containerservice:ManagedCluster": table.AKS,
    "keyvault:Vault": table.VAULT,
    "storage:StorageAccount": table.STORAGE,
    "containerregistry:Registry": table.REGISTRY,
    "machinelearningservices:Workspace": table.WORKSPACE,
    "machinelearningservices:OnlineEndpoint": table.ENDPOINT,
    "cognitiveservices:Account": table.AI_SERVICES,
    "eventhub:Namespace": table.EVENT_HUBS,
    "web:WebApp": table.APP,
    "web:AppServicePlan": table.APP_PLAN,
    "network:AzureFirewall": table.FIREWALL,
    "network:NatGateway": table.NAT,
    "datafactory:Factory": table.DATA_FACTORY,
    "network:ApplicationGateway": table.GATEWAY,
    "search:Service": table.SEARCH,
}
"""Types of the SDK that the table knows, as ARM calls them."""

NOT_WATCHED = {
    "apimanagement:ApiManagementService": "no source of its metrics is in facts/metrics.yaml; its backends are watched",
    "app:ManagedEnvironment": "runners of pipelines: a job that waits shows in the pipeline",
    "applicationinsights:Component": "what programs send, which only they can judge",
    "dashboard:Grafana": "people look at it; nothing runs through it",
    "databricks:Workspace": "Azure measures nothing of it; jobs tell their owners",
    "dataprotection:BackupVault": "Azure Backup raises alerts itself (components.continuity.backup_alert)",
    "eventgrid:SystemTopic": "keys' expiry, which the vault also shows; undelivered events are tried for a day",
    "keyvault:ManagedHsm": "no source of its metrics is in facts/metrics.yaml; what uses its keys is watched",
    "logic:Workflow": "a cluster that is not started is seen in the morning (wake-the-cluster.md)",
    "machinelearningservices:OnlineDeployment": "its endpoint is watched",
    "machinelearningservices:Registry": "a store of models: what fails to read it is watched",
    "monitor:DataCollectionRule": "metrics that stop to come in are noticed where they are read (metrics-missing)",
    "network:BastionHost": "people look through it; nothing runs through it",
    "network:NetworkSecurityGroup": "has no metrics; changes of it are activity alerts",
    "network:PrivateEndpoint": "its service is watched",
    "network:PublicIPAddress": "what it belongs to is watched",
    "network:VirtualNetwork": "its metrics are those of DDoS protection, which the platform does not buy",
    "operationalinsights:Workspace": "watched by queries on its own records (log_alerts)",
    "storage:BlobServiceProperties": "the account's availability covers its services",
    "storage:FileServiceProperties": "the account's availability covers its services",
}
"""Why a type that Azure measures or logs has no metric alert. A type in neither table fails a test."""


def build(foundation: Foundation, cluster: Cluster) -> None:
    """Collection, dashboards and alerts."""
    settings = foundation.settings
    metrics = _metrics(foundation) if settings.cluster.managed_prometheus else None
    if metrics is not None or settings.cluster.container_insights:
        _collection(foundation, cluster, metrics)
    if metrics is not None:
        _prometheus_rules(foundation, cluster, metrics)
        if settings.monitoring.dashboards:
            _dashboards(foundation)
        build_grafana(foundation, metrics.workspace_id)
    _metric_alerts(foundation)
    _availability_tests(foundation)
    _log_alerts(foundation)
    _activity_alerts(foundation)


def rule_groups(wanted: AlertSettings) -> tuple[RuleGroup, ...]:
    """What is computed and watched in the cluster."""
    gpu = prometheus_gpu.GpuThresholds(
        idle_hours=wanted.gpu_idle_hours,
        idle_percent=wanted.gpu_idle_percent,
        hot_celsius=wanted.gpu_hot_celsius,
        pending_minutes=wanted.gpu_pending_minutes,
    )
    serving = prometheus_serving.ServingThresholds(
        p95_seconds=wanted.model_p95_seconds, drift_score=wanted.model_drift_score
    )
    return (
        prometheus_gpu.gpu_rules(gpu),
        prometheus_cluster.NODES,
        prometheus_cluster.PODS,
        prometheus_serving.serving_rules(serving),
    )


def watched(parent: Resource, prefix: str) -> Iterator[Watched]:
    """Every resource below `parent` that the table of metric alerts knows, by logical name."""
    for each in children(parent):
        if isinstance(each, CustomResource):
            kind = WATCHED.get(each._type.removeprefix("azure-native:"))
            if kind is not None:
                yield Watched(name=logical_name(each).removeprefix(f"{prefix}-"), resource_type=kind, id=each.id)
        yield from watched(each, prefix)


def _metrics(foundation: Foundation) -> MetricsWorkspace:
    args = MetricsWorkspaceArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("observability"),
        access=foundation.access,
    )
    return MetricsWorkspace(f"{foundation.prefix}-metrics", args, foundation.child)


def _collection(foundation: Foundation, cluster: Cluster, metrics: MetricsWorkspace | None) -> None:
    private = foundation.settings.network.private_monitoring
    args = ClusterCollectionArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("observability"),
        cluster_id=cluster.cluster_id,
        metrics_workspace_id=None if metrics is None else metrics.workspace_id,
        container_logs_workspace_id=foundation.log_workspace_id
        if foundation.settings.cluster.container_insights
        else None,
        public_ingestion=private is None or private.accept_public_ingestion,
        log_workspace_id=foundation.log_workspace_id,
    )
    collection = ClusterCollection(f"{foundation.prefix}-collection", args, foundation.child)
    link = foundation.monitor_private_link
    if link is not None:
        name = f"{foundation.prefix}-collection-scoped"
        monitor_private_link.add(name, link, "cluster", collection.endpoint_id, _after(foundation, link))


def _after(foundation: Foundation, link: monitor_private_link.MonitorPrivateLink) -> ResourceOptions:
    """Azure answers a second write to one scope with a conflict."""
    return ResourceOptions(parent=foundation.parent, depends_on=[link])


def _prometheus_rules(foundation: Foundation, cluster: Cluster, metrics: MetricsWorkspace) -> None:
    args = PrometheusRulesArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("observability"),
        metrics_workspace_id=metrics.workspace_id,
        cluster_id=cluster.cluster_id,
        cluster_name=naming.named("aks", foundation.placement),
        groups=rule_groups(foundation.settings.monitoring.alerts),
        least=_least(foundation),
        action_group_ids=foundation.observability.action_group_ids,
    )
    PrometheusRules(f"{foundation.prefix}-rules", args, foundation.child)


def _dashboards(foundation: Foundation) -> None:
    args = DashboardsArgs(
        placement=foundation.placement, resource_group_name=foundation.group_name("observability"), boards=BOARDS
    )
    Dashboards(f"{foundation.prefix}-dashboards", args, foundation.child)


def _metric_alerts(foundation: Foundation) -> None:
    args = MetricAlertsArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("observability"),
        alerts=table.metric_alerts(foundation.settings.monitoring.alerts.model_p95_seconds * 1000),
        watched=tuple(watched(foundation.parent, foundation.prefix)),
        least=_least(foundation),
        action_group_ids=foundation.observability.action_group_ids,
    )
    MetricAlerts(f"{foundation.prefix}-metric-alert", args, foundation.child)


def _availability_tests(foundation: Foundation) -> None:
    for key, wanted in foundation.settings.monitoring.availability_tests.items():
        args = AvailabilityTestArgs(
            placement=foundation.placement,
            resource_group_name=foundation.group_name("observability"),
            application_insights_id=foundation.observability.application_insights_id,
            key=key,
            host=wanted.host,
            path=wanted.path,
            status=wanted.status,
            action_group_ids=foundation.observability.action_group_ids,
        )
        AvailabilityTest(f"{foundation.prefix}-availability-{key}", args, foundation.child)


def _log_alerts(foundation: Foundation) -> None:
    args = LogAlertsArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("observability"),
        log_workspace_id=foundation.log_workspace_id,
        alerts=log_alerts(foundation.settings.monitoring.daily_cap_gb),
        least=_least(foundation),
        action_group_ids=foundation.observability.action_group_ids,
    )
    LogAlerts(f"{foundation.prefix}-log-alert", args, foundation.child)


def _activity_alerts(foundation: Foundation) -> None:
    args = ActivityAlertsArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("observability"),
        subscription_id=foundation.subscription_id,
        group_ids=list(foundation.groups.ids.values()),
        alerts=ALERTS,
        least=_least(foundation),
        action_group_ids=foundation.observability.action_group_ids,
    )
    ActivityAlerts(f"{foundation.prefix}-activity-alert", args, foundation.child)


def _least(foundation: Foundation) -> Severity:
    return Severity(foundation.settings.monitoring.alerts.up_to_severity)
