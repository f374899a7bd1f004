"""How the components that see are made, and what they are made of."""

from __future__ import annotations

from components.observability.action_groups import ActionGroups
from components.observability.activity_alerts import ActivityAlerts
from components.observability.availability_test import AvailabilityTest
from components.observability.cluster_collection import ClusterCollection
from components.observability.dashboards import Dashboards
from components.observability.grafana import Grafana
from components.observability.log_alerts import LogAlerts
from components.observability.metric_alerts import MetricAlerts
from components.observability.metrics_workspace import MetricsWorkspace
from components.observability.prometheus_rules import PrometheusRules
from tests.components.observability import examples

MAKERS = {
    "action_groups:ActionGroups": (
        lambda o: ActionGroups("x", examples.ACTION_GROUPS, o),
        ("ActionGroup|x-ag-notice", "ActionGroup|x-ag-routine", "ActionGroup|x-ag-urgent"),
        ("ids",),
    ),
    "metrics_workspace:MetricsWorkspace": (
        lambda o: MetricsWorkspace("x", examples.METRICS, o),
        ("AzureMonitorWorkspace|x-amw", "PrivateEndpoint|x-prometheusMetrics"),
        ("workspace_id",),
    ),
    "cluster_collection:ClusterCollection": (
        lambda o: ClusterCollection("x", examples.COLLECTION, o),
        (
            "DataCollectionEndpoint|x-dce",
            "DataCollectionRule|x-dcr-logs",
            "DataCollectionRule|x-dcr-metrics",
            *(f"DataCollectionRuleAssociation|x-dcra-{key}" for key in ("endpoint", "logs", "metrics")),
            "DiagnosticSetting|x-diag-logs",
            "DiagnosticSetting|x-diag-metrics",
        ),
        ("endpoint_id", "rule_ids"),
    ),
    "dashboards:Dashboards": (
        lambda o: Dashboards("x", examples.DASHBOARDS, o),
        tuple(
            name
            for board in ("cluster", "cost", "drift", "endpoints", "gpu")
            for name in (f"Dashboard|x-{board}", f"DashboardDefinition|x-{board}-definition")
        ),
        ("dashboard_ids",),
    ),
    "prometheus_rules:PrometheusRules": (
        lambda o: PrometheusRules("x", examples.RULES, o),
        ("PrometheusRuleGroup|x-nodes", "PrometheusRuleGroup|x-pods"),
        ("group_ids",),
    ),
    "metric_alerts:MetricAlerts": (
        lambda o: MetricAlerts("x", examples.METRIC_ALERTS, o),
        ("MetricAlert|x-vault-saturated-kv", "MetricAlert|x-vault-unavailable-kv"),
        ("alert_ids",),
    ),
    "availability_test:AvailabilityTest": (
        lambda o: AvailabilityTest("x", examples.AVAILABILITY, o),
        ("MetricAlert|x-alert", "WebTest|x-test"),
        ("alert_id", "test_id"),
    ),
    "log_alerts:LogAlerts": (
        lambda o: LogAlerts("x", examples.LOG_ALERTS, o),
        tuple(
            f"ScheduledQueryRule|x-{key}" for key in ("cluster-admin-granted", "log-cap-reached", "vault-access-denied")
        ),
        ("alert_ids",),
    ),
    "activity_alerts:ActivityAlerts": (
        lambda o: ActivityAlerts("x", examples.ACTIVITY_ALERTS, o),
        tuple(f"ActivityLogAlert|x-{key}" for key in ("azure-incident", "resource-unhealthy", "vault-deleted")),
        ("alert_ids",),
    ),
    "grafana:Grafana": (
        lambda o: Grafana("x", examples.grafana(), o),
        (
            "DiagnosticSetting|x-diag",
            "Grafana|x-amg",
            "ManagedPrivateEndpoint|x-mpe-metrics",
            "PrivateEndpoint|x-grafana",
        ),
        ("address", "grafana_id"),
    ),
}
