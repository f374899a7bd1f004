"""How the components that hold data are made, and what they are made of."""

from __future__ import annotations

from components.data.data_factory import DataFactory
from components.data.databricks_workspace import DatabricksWorkspace
from components.data.event_streams import EventStreams
from components.data.registry_cache import RegistryCache
from tests.components.data import examples

MAKERS = {
    "data_factory:DataFactory": (
        lambda o: DataFactory("x", examples.data_factory(), o),
        (
            "DiagnosticSetting|x-diag",
            "Factory|x-adf",
            "IntegrationRuntime|x-runtime",
            "ManagedPrivateEndpoint|x-mpe-lake-dfs",
            "PrivateEndpoint|x-dataFactory",
            "PrivateEndpoint|x-portal",
            "Resource|x-network",
        ),
        ("factory_id", "factory_name"),
    ),
    "databricks_workspace:DatabricksWorkspace": (
        lambda o: DatabricksWorkspace("x", examples.databricks_workspace(), o),
        (
            "AccessConnector|x-dbac",
            "DiagnosticSetting|x-diag",
            "PrivateEndpoint|x-browser_authentication",
            "PrivateEndpoint|x-databricks_ui_api",
            "PrivateEndpoint|x-root-blob",
            "PrivateEndpoint|x-root-dfs",
            "Workspace|x-dbw",
        ),
        ("workspace_id", "workspace_url"),
    ),
    "event_streams:EventStreams": (
        lambda o: EventStreams("x", examples.event_streams(), o),
        (
            "ConsumerGroup|x-consumer-inference-model-monitor",
            "DiagnosticSetting|x-diag",
            "EventHub|x-evh-events",
            "EventHub|x-evh-inference",
            "Namespace|x-evhns",
            "NamespaceNetworkRuleSet|x-rules",
            "PrivateEndpoint|x-namespace",
        ),
        ("namespace_id", "stream_ids"),
    ),
    "registry_cache:RegistryCache": (
        lambda o: RegistryCache("x", examples.CACHE, o),
        (
            "CacheRule|x-rule-docker",
            "CacheRule|x-rule-nvidia",
            "CredentialSet|x-credentials-docker",
            "RoleAssignments|x-roles-docker",
        ),
        ("rule_ids",),
    ),
}
