"""Examples of the components that see: small, valid, the same in every test."""

from __future__ import annotations

from components.observability.action_groups import ActionGroupsArgs, Receivers, Urgency
from components.observability.activity_alerts import ALERTS, ActivityAlertsArgs
from components.observability.alert import Severity
from components.observability.availability_test import AvailabilityTestArgs
from components.observability.boards import BOARDS
from components.observability.cluster_collection import ClusterCollectionArgs
from components.observability.dashboards import DashboardsArgs
from components.observability.grafana import GrafanaArgs
from components.observability.log_alerts import LogAlertsArgs, log_alerts
from components.observability.metric_alert_table import STORE_ALERTS
from components.observability.metric_alerts import MetricAlertsArgs, Watched
from components.observability.metrics_workspace import MetricsWorkspaceArgs
from components.observability.prometheus_cluster import NODES, PODS
from components.observability.prometheus_rules import PrometheusRulesArgs
from tests.components.examples import ACCESS, LOGS, PLACEMENT, TOLD, an_identity

ACTION_GROUPS = ActionGroupsArgs(
    placement=PLACEMENT,
    resource_group_name="rg",
    receivers={
        Urgency.URGENT: Receivers(emails=("oncall@gov.example",), webhook="https://chat.example/hook"),
        Urgency.ROUTINE: Receivers(emails=("ml-platform@gov.example", "second@gov.example")),
        Urgency.NOTICE: Receivers(emails=("ml-platform@gov.example",)),
    },
)


METRICS = MetricsWorkspaceArgs(placement=PLACEMENT, resource_group_name="rg", access=ACCESS)
COLLECTION = ClusterCollectionArgs(
    placement=PLACEMENT,
    resource_group_name="rg",
    cluster_id="/cluster",
    metrics_workspace_id="/metrics",
    container_logs_workspace_id=LOGS,
    public_ingestion=False,
    log_workspace_id=LOGS,
)
RULES = PrometheusRulesArgs(
    placement=PLACEMENT,
    resource_group_name="rg",
    metrics_workspace_id="/metrics",
    cluster_id="/cluster",
    cluster_name="aks-test",
    groups=(NODES, PODS),
    least=Severity.INFORMATIONAL,
    action_group_ids=TOLD,
)
METRIC_ALERTS = MetricAlertsArgs(
    placement=PLACEMENT,
    resource_group_name="rg",
    alerts=STORE_ALERTS,
    watched=(Watched(name="kv", resource_type="Microsoft.KeyVault/vaults", id="/vault"),),
    least=Severity.INFORMATIONAL,
    action_group_ids=TOLD,
)
AVAILABILITY = AvailabilityTestArgs(
    placement=PLACEMENT,
    resource_group_name="rg",
    application_insights_id="/component",
    key="triage",
    host="triage.gov.example",
    path="/health",
    status=200,
    action_group_ids=TOLD,
)
LOG_ALERTS = LogAlertsArgs(
    placement=PLACEMENT,
    resource_group_name="rg",
    log_workspace_id=LOGS,
    alerts=log_alerts(daily_cap_gb=5),
    least=Severity.WARNING,
    action_group_ids=TOLD,
)
ACTIVITY_ALERTS = ActivityAlertsArgs(
    placement=PLACEMENT,
    resource_group_name="rg",
    subscription_id="a-subscription",
    group_ids=("/group",),
    alerts=ALERTS,
    least=Severity.ERROR,
    action_group_ids=TOLD,
)


def grafana() -> GrafanaArgs:
    """Arguments of a Grafana; to be made inside a recorded program."""
    return GrafanaArgs(
        placement=PLACEMENT,
        resource_group_name="rg",
        zone_redundancy=True,
        identity=an_identity("grafana"),
        metrics_workspace_id="/metrics",
        access=ACCESS,
        log_workspace_id=LOGS,
    )


DASHBOARDS = DashboardsArgs(placement=PLACEMENT, resource_group_name="rg", boards=BOARDS)
