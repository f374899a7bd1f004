"""What is watched of each type of resource: its metric, the limit, and what the crossing means.

Owns the table. Names of metrics are Azure's (`facts.metrics`); a limit without a setting is our choice.
"""

from __future__ import annotations

from components.observability.alert import Severity
from components.observability.metric_alerts import MetricAlert

AKS = "Microsoft.ContainerService/managedClusters"
VAULT = "Microsoft.KeyVault/vaults"
STORAGE = "Microsoft.Storage/storageAccounts"
REGISTRY = "Microsoft.ContainerRegistry/registries"
WORKSPACE = "Microsoft.MachineLearningServices/workspaces"
ENDPOINT = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints"
AI_SERVICES = "Microsoft.CognitiveServices/accounts"
EVENT_HUBS = "Microsoft.EventHub/namespaces"
APP = "Microsoft.Web/sites"
APP_PLAN = "Microsoft.Web/serverfarms"
FIREWALL = "Microsoft.Network/azureFirewalls"
NAT = "Microsoft.Network/natGateways"
DATA_FACTORY = "Microsoft.DataFactory/factories"
GATEWAY = "Microsoft.Network/applicationGateways"
SEARCH = "Microsoft.Search/searchServices"

CLUSTER_ALERTS = (
    MetricAlert(
        id="api-server-busy", severity=Severity.ERROR, runbook="api-server-busy.md", resource_type=AKS,
        what="The cluster's API server has used more than 90 % of its CPU for 15 minutes.",
        metric="apiserver_cpu_usage_percentage", aggregation="Average", comparison="GreaterThan", threshold=90,
    ),
    MetricAlert(
        id="etcd-full", severity=Severity.ERROR, runbook="etcd-full.md", resource_type=AKS,
        what="The cluster's etcd is more than 75 % full; when it is full nothing can be changed.",
        metric="etcd_database_usage_percentage", aggregation="Maximum", comparison="GreaterThan", threshold=75,
    ),
    MetricAlert(
        id="pods-unschedulable", severity=Severity.WARNING, runbook="pods-unschedulable.md", resource_type=AKS,
        what="For half an hour at least one pod, on average, has found no node, and the autoscaler has made none.",
        # Azure has no minimum of it; an average of one is a pod that waits all the time, or several in turn.
        metric="cluster_autoscaler_unschedulable_pods_count", aggregation="Average", comparison="GreaterThanOrEqual",
        threshold=1, window="PT30M",
    ),
)  # fmt: skip
STORE_ALERTS = (
    MetricAlert(
        id="vault-unavailable", severity=Severity.CRITICAL, runbook="vault-unavailable.md", resource_type=VAULT,
        what="A key vault fails requests: what it encrypts can't be read, and pods that need a secret don't start.",
        metric="Availability", aggregation="Average", comparison="LessThan", threshold=95,
    ),
    MetricAlert(
        id="vault-saturated", severity=Severity.WARNING, runbook="vault-unavailable.md", resource_type=VAULT,
        what="A key vault is near the requests that it takes within ten seconds.",
        metric="SaturationShoebox", aggregation="Average", comparison="GreaterThan", threshold=75,
    ),
    MetricAlert(
        id="storage-unavailable", severity=Severity.ERROR, runbook="storage-unavailable.md", resource_type=STORAGE,
        what="A storage account fails requests.",
        metric="Availability", aggregation="Average", comparison="LessThan", threshold=99,
    ),
    MetricAlert(
        id="registry-grows", severity=Severity.INFORMATIONAL, runbook="registry-grows.md", resource_type=REGISTRY,
        what="The container registry holds more than 450 GiB.",
        metric="StorageUsed", aggregation="Average", comparison="GreaterThan", threshold=450 * 1024**3,
        window="PT1H", frequency="PT1H",
    ),
    MetricAlert(
        id="events-throttled", severity=Severity.WARNING, runbook="events-throttled.md", resource_type=EVENT_HUBS,
        what="Event Hubs refuses events because the throughput that was bought is used up.",
        metric="ThrottledRequests", aggregation="Total", comparison="GreaterThan", threshold=0,
    ),
    MetricAlert(
        id="events-failing", severity=Severity.ERROR, runbook="events-throttled.md", resource_type=EVENT_HUBS,
        what="Event Hubs fails requests by itself.",
        metric="ServerErrors", aggregation="Total", comparison="GreaterThan", threshold=10,
    ),
    MetricAlert(
        id="ingestion-failed", severity=Severity.WARNING, runbook="ingestion-failed.md", resource_type=DATA_FACTORY,
        what="A pipeline of Data Factory failed.",
        metric="PipelineFailedRuns", aggregation="Total", comparison="GreaterThan", threshold=0,
    ),
)  # fmt: skip
NETWORK_ALERTS = (
    MetricAlert(
        id="firewall-unhealthy", severity=Severity.CRITICAL, runbook="egress-broken.md", resource_type=FIREWALL,
        what="The firewall is unhealthy: what leaves the network is held up.",
        metric="FirewallHealth", aggregation="Average", comparison="LessThan", threshold=90,
    ),
    MetricAlert(
        id="firewall-ports-used", severity=Severity.ERROR, runbook="egress-broken.md", resource_type=FIREWALL,
        what="More than 90 % of the firewall's ports for outgoing connections are in use.",
        metric="SNATPortUtilization", aggregation="Maximum", comparison="GreaterThan", threshold=90,
    ),
    MetricAlert(
        id="nat-unavailable", severity=Severity.CRITICAL, runbook="egress-broken.md", resource_type=NAT,
        what="The NAT gateway drops what leaves the network.",
        metric="DatapathAvailability", aggregation="Average", comparison="LessThan", threshold=90,
    ),
    MetricAlert(
        id="edge-backend-down", severity=Severity.ERROR, runbook="edge-backend-down.md", resource_type=GATEWAY,
        what="What stands behind the application gateway does not pass its health check.",
        metric="UnhealthyHostCount", aggregation="Average", comparison="GreaterThan", threshold=0,
    ),
)  # fmt: skip


MODEL_ALERTS = (
    MetricAlert(
        id="job-errors", severity=Severity.INFORMATIONAL, runbook="job-failed.md", resource_type=WORKSPACE,
        what="Jobs of Azure ML failed; a model monitor is a job too.",
        metric="Failed Runs", aggregation="Total", comparison="GreaterThan", threshold=0, window="PT1H",
        frequency="PT15M",
    ),
    MetricAlert(
        id="quota-nearly-used", severity=Severity.WARNING, runbook="quota-nearly-used.md", resource_type=WORKSPACE,
        what="Azure ML uses more than 90 % of its quota of cores.",
        metric="Quota Utilization Percentage", aggregation="Maximum", comparison="GreaterThan", threshold=90,
        window="PT1H", frequency="PT15M",
    ),
    MetricAlert(
        id="ai-unavailable", severity=Severity.ERROR, runbook="ai-unavailable.md", resource_type=AI_SERVICES,
        what="Less than 99 % of the requests to Azure OpenAI were answered.",
        metric="AzureOpenAIAvailabilityRate", aggregation="Average", comparison="LessThan", threshold=99,
    ),
    MetricAlert(
        id="ai-errors", severity=Severity.WARNING, runbook="ai-unavailable.md", resource_type=AI_SERVICES,
        what="An AI service refuses or fails requests; refused are those above the tokens of the deployment.",
        metric="TotalErrors", aggregation="Total", comparison="GreaterThan", threshold=50,
    ),
    MetricAlert(
        id="search-throttled", severity=Severity.WARNING, runbook="search-throttled.md", resource_type=SEARCH,
        what="AI Search refuses more than one query in ten: what asks a model with its documents gets none.",
        metric="ThrottledSearchQueriesPercentage", aggregation="Average", comparison="GreaterThan", threshold=10,
    ),
    MetricAlert(
        id="app-errors", severity=Severity.ERROR, runbook="app-errors.md", resource_type=APP,
        what="An app answers with errors of its own (5xx).",
        metric="Http5xx", aggregation="Total", comparison="GreaterThan", threshold=10,
    ),
    MetricAlert(
        id="app-unhealthy", severity=Severity.CRITICAL, runbook="app-errors.md", resource_type=APP,
        what="Less than half of an app's instances pass their health check.",
        metric="HealthCheckStatus", aggregation="Average", comparison="LessThan", threshold=50,
    ),
    MetricAlert(
        id="app-plan-busy", severity=Severity.WARNING, runbook="app-errors.md", resource_type=APP_PLAN,
        what="An App Service plan has used more than 85 % of its CPU for 15 minutes.",
        metric="CpuPercentage", aggregation="Average", comparison="GreaterThan", threshold=85,
    ),
)  # fmt: skip


def _endpoint_alerts(p95_milliseconds: float) -> tuple[MetricAlert, ...]:
    return (
        MetricAlert(
            id="endpoint-slow", severity=Severity.WARNING, runbook="model-slow.md", resource_type=ENDPOINT,
            what=f"One request in twenty to a managed endpoint takes longer than {p95_milliseconds:g} ms.",
            metric="RequestLatency_P95", aggregation="Average", comparison="GreaterThan", threshold=p95_milliseconds,
        ),
        MetricAlert(
            id="endpoint-errors", severity=Severity.ERROR, runbook="model-errors.md", resource_type=ENDPOINT,
            what="A managed endpoint answers with errors of its own (5xx).",
            metric="RequestsPerMinute", aggregation="Average", comparison="GreaterThan", threshold=1,
            dimensions=(("statusCodeClass", ("5xx",)),),
        ),
    )  # fmt: skip


def metric_alerts(p95_milliseconds: float) -> tuple[MetricAlert, ...]:
    """The whole table."""
    return (*CLUSTER_ALERTS, *STORE_ALERTS, *NETWORK_ALERTS, *MODEL_ALERTS, *_endpoint_alerts(p95_milliseconds))
