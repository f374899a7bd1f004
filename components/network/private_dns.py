"""Private DNS: the zones of every private endpoint of the stack, linked to the spoke; each its own or the hub's.

Owns zones and links. Does not own records: private endpoints and AKS write those themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from pulumi import ComponentResource, Input, ResourceOptions
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
MODEL_REGISTRY = ("Microsoft.MachineLearningServices/registries", "amlregistry")
BLOB, FILE, QUEUE, TABLE, DFS = (
    ("Microsoft.Storage/storageAccounts", group) for group in ("blob", "file", "queue", "table", "dfs")
)
APP_SERVICE = ("Microsoft.Web/sites", "sites")
APP_SERVICE_STAGING = ("Microsoft.Web/sites", "sites-staging")
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

Link = tuple[str, str]

# What every stack has.
CORE: tuple[Link, ...] = (VAULT, REGISTRY, WORKSPACE, BLOB, FILE, QUEUE, TABLE, DFS)
# Services that people may put endpoints on by themselves; the platform makes none.
FURTHER: Mapping[str, tuple[Link, ...]] = MappingProxyType(
    {
        "app_configuration": (APP_CONFIGURATION,),
        "automation": (AUTOMATION, AUTOMATION_WORKER),
        "backup": (BACKUP,),
        "cosmos": (COSMOS,),
        "event_grid": (EVENT_GRID_TOPIC, EVENT_GRID_DOMAIN, EVENT_GRID_NAMESPACE),
        "postgresql": (POSTGRESQL,),
        "purview": (PURVIEW, PURVIEW_PORTAL),
        "redis": (REDIS,),
        "service_bus": (SERVICE_BUS,),
        "synapse": (SYNAPSE, SYNAPSE_SERVERLESS, SYNAPSE_STUDIO),
    }
)
# Every link that the platform itself may make; a stack has the zones of those that its settings turn on
# (`components.network.wiring`). A zone that is linked but holds no record hides the public records of its service.
USED: tuple[Link, ...] = (
    *CORE,
    AKS,
    APP_SERVICE,
    APP_SERVICE_STAGING,
    AI_SERVICES,
    AI_SEARCH,
    API_MANAGEMENT,
    GRAFANA,
    PROMETHEUS,
    MANAGED_HSM,
    DATABRICKS_UI,
    DATABRICKS_SIGN_IN,
    DATA_FACTORY,
    DATA_FACTORY_STUDIO,
    EVENT_HUBS,
    AZURE_MONITOR,
)


def zone_names(region: str, links: tuple[Link, ...] = USED) -> tuple[str, ...]:
    """Every zone that endpoints of `links` need, each once, sorted."""
    return tuple(sorted({zone for link in links for zone in private_link(*link).zones_in(region)}))


def aks_zone(region: str) -> str:
    """The zone that the private API server's record goes into."""
    return private_link(*AKS).zones_in(region)[0]


@dataclass(frozen=True, kw_only=True)
class PrivateDnsArgs:
    """The VNet that resolves the zones. `links`: what gets endpoints. `hub_zone_ids`: zones that the hub owns."""

    placement: Placement
    resource_group_name: Input[str]
    vnet_id: Input[str]
    links: tuple[Link, ...] = USED
    hub_zone_ids: Mapping[str, str] = field(default_factory=dict)


def problems(args: PrivateDnsArgs) -> list[str]:
    """Every reason why the zones can't be built."""
    needed = zone_names(args.placement.region, args.links)
    found = [
        f"zone {zone!r} holds a placeholder that region {args.placement.region!r} does not fill"
        for zone in needed
        if "{" in zone
    ]
    found += [
        f"zone {zone} is said to be the hub's, but the id ends otherwise: {zone_id}"
        for zone, zone_id in args.hub_zone_ids.items()
        if zone_id.rsplit("/", 1)[-1].lower() != zone.lower()
    ]
    return found


class PrivateDns(ComponentResource):
    """Zones and their links to the spoke. The hub's zones are used as they are: the hub's owner links them."""

    zone_ids: Mapping[str, Input[str]]
    """By zone name, for example `privatelink.vaultcore.azure.net`."""

    def __init__(self, name: str, args: PrivateDnsArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:private_dns:PrivateDns", name, {}, opts)
        refuse(name, problems(args))
        self._prefix, self._args = name, args
        self._child = ResourceOptions(parent=self)
        self.zone_ids = {
            zone: args.hub_zone_ids[zone] if zone in args.hub_zone_ids else self._zone(zone).id
            for zone in zone_names(args.placement.region, args.links)
        }
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
