"""What leaves the cluster, where it goes, and how closed Grafana is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from components.observability.cluster_collection import CONTAINER_STREAMS, ClusterCollection, problems
from components.observability.grafana import Grafana
from components.observability.metrics_workspace import MetricsWorkspace
from tests.components.observability.examples import COLLECTION, METRICS, grafana
from tests.components.recording import arm_id, one, record

pytestmark = pytest.mark.capability("O2")


def test_the_metrics_workspace_answers_no_public_query() -> None:
    made = one(record(lambda: MetricsWorkspace("x", METRICS)), "monitor:AzureMonitorWorkspace")
    assert made.inputs["publicNetworkAccess"] == "Disabled"


def test_agents_send_through_the_private_endpoint_only() -> None:
    recorded = record(lambda: ClusterCollection("x", COLLECTION))
    endpoint = one(recorded, "monitor:DataCollectionEndpoint")
    assert endpoint.inputs["networkAcls"] == {"publicNetworkAccess": "Disabled"}
    association = one(recorded, ":DataCollectionRuleAssociation", "x-dcra-endpoint").inputs
    assert association["associationName"] == "configurationAccessEndpoint"
    assert association["dataCollectionEndpointId"] == arm_id("x-dce")


def test_prometheus_goes_to_the_metrics_workspace() -> None:
    rule = one(record(lambda: ClusterCollection("x", COLLECTION)), ":DataCollectionRule", "x-dcr-metrics").inputs
    assert rule["destinations"]["monitoringAccounts"] == [{"name": "metrics", "accountResourceId": "/metrics"}]
    assert rule["dataFlows"] == [{"streams": ["Microsoft-PrometheusMetrics"], "destinations": ["metrics"]}]


@pytest.mark.capability("O5")
def test_container_logs_come_without_performance_and_quiet_namespaces() -> None:
    rule = one(record(lambda: ClusterCollection("x", COLLECTION)), ":DataCollectionRule", "x-dcr-logs").inputs
    (source,) = rule["dataSources"]["extensions"]
    assert source["streams"] == list(CONTAINER_STREAMS)
    assert not {"Microsoft-Perf", "Microsoft-InsightsMetrics"} & set(source["streams"])
    chosen = source["extensionSettings"]["dataCollectionSettings"]
    assert (chosen["namespaceFilteringMode"], chosen["enableContainerLogV2"]) == ("Exclude", True)


def test_a_collection_of_nothing_is_a_problem() -> None:
    assert problems(COLLECTION) == []
    assert problems(replace(COLLECTION, metrics_workspace_id=None)) == []
    assert len(problems(replace(COLLECTION, metrics_workspace_id=None, container_logs_workspace_id=None))) == 1


def test_grafana_is_closed_and_takes_no_api_keys() -> None:
    recorded = record(lambda: Grafana("x", grafana()))
    made = one(recorded, "dashboard:Grafana").inputs["properties"]
    assert (made["publicNetworkAccess"], made["apiKey"], made["zoneRedundancy"]) == ("Disabled", "Disabled", "Enabled")
    assert made["grafanaIntegrations"] == {
        "azureMonitorWorkspaceIntegrations": [{"azureMonitorWorkspaceResourceId": "/metrics"}]
    }
    endpoint = one(recorded, "dashboard:ManagedPrivateEndpoint").inputs
    assert (endpoint["privateLinkResourceId"], endpoint["groupIds"]) == ("/metrics", ["prometheusMetrics"])
