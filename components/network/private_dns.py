"""Private DNS: the zones of every private endpoint of the platform, linked to the spoke.

Owns zones and links. Does not own records: private endpoints and AKS write those themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import network, privatedns

from components import naming
from components.placement import Placement
from components.problems import refuse
from facts.private_link import private_link

AKS = ("Microsoft.ContainerService/managedClusters", "management")
VAULT = ("Microsoft.KeyVault/vaults", "vault")
MANAGED_HSM = ("Microsoft.KeyVault/managedHSMs", "managedhsm")
REGISTRY = ("Microsoft.ContainerRegistry/registries", "registry")
WORKSPACE = ("Microsoft.MachineLearningServices/workspaces", "amlworkspace")
BLOB, FILE, QUEUE, TABLE, DFS = (
    ("Microsoft.Storage/storageAccounts", group) for group in ("blob", "file", "queue", "table", "dfs")
)
APP_SERVICE = ("Microsoft.Web/sites", "sites")
AI_SERVICES = ("Microsoft.CognitiveServices/accounts", "account")
AI_SEARCH = ("Microsoft.Search/searchServices", "searchService")
API_MANAGEMENT = ("Microsoft.ApiManagement/service", "Gateway")
DATABRICKS_UI, DATABRICKS_SIGN_IN = (
    ("Microsoft.Databricks/workspaces", group) for group in ("databricks_ui_api", "browser_authentication")
)
DATA_FACTORY, DATA_FACTORY_STUDIO = (("Microsoft.DataFactory/factories", group) for group in ("dataFactory", "portal"))
EVENT_HUBS = ("Microsoft.EventHub/namespaces", "namespace")
SERVICE_BUS = ("Microsoft.ServiceBus/namespaces", "namespace")
EVENT_GRID_TOPIC, EVENT_GRID_DOMAIN, EVENT_GRID_NAMESPACE = (
    ("Microsoft.EventGrid/topics", "topic"),
    ("Microsoft.EventGrid/domains", "domain"),
    ("Microsoft.EventGrid/namespaces", "topic"),
)
GRAFANA = ("Microsoft.Dashboard/grafana", "grafana")
AZURE_MONITOR = ("Microsoft.Insights/privateLinkScopes", "azuremonitor")
PROMETHEUS = ("Microsoft.Monitor/accounts", "prometheusMetrics")
BACKUP = ("Microsoft.RecoveryServices/vaults", "AzureBackup")
AUTOMATION, AUTOMATION_WORKER = (
    ("Microsoft.Automation/automationAccounts", group) for group in ("Webhook", "DSCAndHybridWorker")
)
APP_CONFIGURATION = ("Microsoft.AppConfiguration/configurationStores", "configurationStores")
CONTAINER_APPS = ("Microsoft.App/managedEnvironments", "managedEnvironments")
SYNAPSE, SYNAPSE_SERVERLESS, SYNAPSE_STUDIO = (
    ("Microsoft.Synapse/workspaces", group) for group in ("Sql", "SqlOnDemand", "Dev")
)
PURVIEW, PURVIEW_PORTAL = (("Microsoft.Purview/accounts", group) for group in ("account", "portal"))
COSMOS = ("Microsoft.DocumentDB/databaseAccounts", "Sql")
POSTGRESQL = ("Microsoft.DBforPostgreSQL/flexibleServers", "postgresqlServer")
REDIS = ("Microsoft.Cache/redis", "redisCache")

# Every link that the platform itself may make. A zone that is linked but holds no record hides the public records
# of its service from the spoke, so what no component reaches (Synapse, Purview, Cosmos DB, …) is not among them.
USED = (
    AKS,
    VAULT,
    MANAGED_HSM,
    REGISTRY,
    WORKSPACE,
    *(BLOB, FILE, QUEUE, TABLE, DFS),
    APP_SERVICE,
    AI_SERVICES,
    AI_SEARCH,
    API_MANAGEMENT,
    *(DATABRICKS_UI, DATABRICKS_SIGN_IN),
    *(DATA_FACTORY, DATA_FACTORY_STUDIO),
    EVENT_HUBS,
    EVENT_GRID_TOPIC,
    GRAFANA,
    AZURE_MONITOR,
    PROMETHEUS,
    BACKUP,
    AUTOMATION,
)


def zone_names(region: str) -> tuple[str, ...]:
    """Every zone that the platform needs, each once, sorted."""
    return tuple(sorted({zone for link in USED for zone in private_link(*link).zones_in(region)}))


def aks_zone(region: str) -> str:
    """The zone that the private API server's record goes into."""
    return private_link(*AKS).zones_in(region)[0]


@dataclass(frozen=True, kw_only=True)
class PrivateDnsArgs:
    """The VNet that resolves the zones."""

    placement: Placement
    resource_group_name: Input[str]
    vnet_id: Input[str]


def problems(args: PrivateDnsArgs) -> list[str]:
    """Every reason why the zones can't be built."""
    return [
        f"zone {zone!r} holds a placeholder that region {args.placement.region!r} does not fill"
        for zone in zone_names(args.placement.region)
        if "{" in zone
    ]


class PrivateDns(ComponentResource):
    """Zones and their links to the spoke."""

    zone_ids: Mapping[str, Output[str]]
    """By zone name, for example `privatelink.vaultcore.azure.net`."""

    def __init__(self, name: str, args: PrivateDnsArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:private_dns:PrivateDns", name, {}, opts)
        refuse(name, problems(args))
        self._prefix, self._args = name, args
        self._child = ResourceOptions(parent=self)
        zones = {zone: self._zone(zone) for zone in zone_names(args.placement.region)}
        self.zone_ids = {zone: made.id for zone, made in zones.items()}
        self.register_outputs({"zone_ids": self.zone_ids})

    def _zone(self, zone_name: str) -> privatedns.PrivateZone:
        zone = privatedns.PrivateZone(
            f"{self._prefix}-pdnsz-{zone_name}",
            private_zone_name=zone_name,
            resource_group_name=self._args.resource_group_name,
            # Zones are not regional; ARM takes no other value.
            location="global",
            tags=self._args.placement.tags,
            opts=self._child,
        )
        privatedns.VirtualNetworkLink(
            f"{self._prefix}-link-{zone_name}",
            virtual_network_link_name=naming.named("link", self._args.placement),
            private_zone_name=zone.name,
            resource_group_name=self._args.resource_group_name,
            location="global",
            virtual_network=network.SubResourceArgs(id=self._args.vnet_id),
            # Only endpoints write here; machines that register themselves would fill the zone with their names.
            registration_enabled=False,
            tags=self._args.placement.tags,
            opts=self._child,
        )
        return zone
