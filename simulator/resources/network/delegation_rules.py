"""What Azure refuses about the delegation of a subnet to a service, and about its service endpoints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final

from simulator.ids import key
from simulator.model import Request
from simulator.resources.network.occupant_rules import integrated, occupants
from simulator.resources.network.subnet_rules import Subnet, subnets_of
from simulator.rule import Fault, rule
from simulator.values import has_unknown

# Services that a subnet was delegated to without a refusal: the answer of InvalidServiceNameOnDelegation in
# crossplane-contrib/provider-upjet-azure#342 and the tests of public Terraform modules (checked 2026-11-25).
SERVICES: Final = (
    "GitHub.Network/networkSettings", "Informatica.DataManagement/organizations", "Microsoft.ApiManagement/service",
    "Microsoft.App/environments", "Microsoft.AVS/PrivateClouds", "Microsoft.AzureCosmosDB/clusters",
    "Microsoft.BareMetal/AzureVMware", "Microsoft.Batch/batchAccounts", "Microsoft.ContainerInstance/containerGroups",
    "Microsoft.ContainerService/managedClusters", "Microsoft.Databricks/workspaces",
    "Microsoft.DBforMySQL/flexibleServers", "Microsoft.DBforMySQL/servers", "Microsoft.DBforMySQL/serversv2",
    "Microsoft.DBforPostgreSQL/flexibleServers", "Microsoft.DBforPostgreSQL/serversv2",
    "Microsoft.DBforPostgreSQL/singleServers", "Microsoft.DevCenter/networkConnection",
    "Microsoft.DevOpsInfrastructure/pools", "Microsoft.DocumentDB/cassandraClusters",
    "Microsoft.HardwareSecurityModules/dedicatedHSMs", "Microsoft.Kusto/clusters", "Microsoft.LabServices/labplans",
    "Microsoft.Logic/integrationServiceEnvironments", "Microsoft.MachineLearningServices/workspaces",
    "Microsoft.MachineLearningServices/workspaceComputes", "Microsoft.Netapp/volumes",
    "Microsoft.Network/applicationGateways", "Microsoft.Network/dnsResolvers",
    "Microsoft.PowerPlatform/enterprisePolicies", "Microsoft.PowerPlatform/vnetaccesslinks",
    "Microsoft.ServiceNetworking/trafficControllers", "Microsoft.Sql/managedInstances",
    "Microsoft.StoragePool/diskPools", "Microsoft.StreamAnalytics/streamingJobs", "Microsoft.Synapse/workspaces",
    "Microsoft.Web/hostingEnvironments", "Microsoft.Web/serverFarms",
)  # fmt: skip
# Names that were tried and refused, in the same sources, or that belong to services without a delegation.
_REFUSED: Final = frozenset(
    {
        "microsoft.codespaces/plans", "microsoft.containerregistry/registries", "microsoft.keyvault/vaults",
        "microsoft.network/managedresolvers", "microsoft.orbital/orbitalgateways",
        "microsoft.storage/storageaccounts", "microsoft.web/sites",
    }
)  # fmt: skip
_ALIKE: Final = 0.9
# Service endpoints are named by the provider alone (azure-docs:virtual-network-service-endpoints-overview.md).
_ENDPOINT_MISTAKES: Final = {
    "microsoft.documentdb": "Microsoft.AzureCosmosDB", "microsoft.keyvaults": "Microsoft.KeyVault",
    "microsoft.storageaccount": "Microsoft.Storage", "microsoft.storageaccounts": "Microsoft.Storage",
    "microsoft.cosmosdb": "Microsoft.AzureCosmosDB", "microsoft.eventhubs": "Microsoft.EventHub",
    "microsoft.containerregistries": "Microsoft.ContainerRegistry",
}  # fmt: skip


def delegations_of(body: Mapping[str, Any]) -> list[tuple[str, str]] | None:
    """Name and service of each delegation; `None` while one of them is not known."""
    listed = body.get("delegations")
    if has_unknown(listed):
        return None
    items = [item for item in listed if isinstance(item, Mapping)] if isinstance(listed, list) else []
    return [(str(item.get("name")), str(item.get("serviceName"))) for item in items if item.get("serviceName")]


@rule(
    "net-delegation-unknown-service", kind="static", code="InvalidServiceNameOnDelegation",
    source="crossplane-contrib/provider-upjet-azure#342",
)  # fmt: skip
def known_service(request: Request) -> Iterator[Fault]:
    """A subnet is delegated to a service that takes delegations."""
    for subnet in subnets_of(request):
        for _, service in delegations_of(subnet.body) or ():
            if (instead := _meant(service)) is not None:
                yield Fault(
                    f"the service name {service} specified on a delegation of {subnet.id} is not valid",
                    f"{subnet.path}delegations",
                    instead,
                )


def _meant(service: str) -> str | None:
    """What to write instead of a service that surely can't have a subnet; `None` where it may have one."""
    lowered = {each.lower(): each for each in SERVICES}
    if service.lower() in lowered:
        return None
    close = get_close_matches(service.lower(), lowered, n=1, cutoff=_ALIKE)
    if close:
        return f"write {lowered[close[0]]}"
    if service.lower() in _REFUSED or "/" not in service:
        return "leave the delegation out, or name the type that is put into the subnet"
    return None


@rule(
    "net-one-delegation", kind="static",
    source="MicrosoftDocs/azure-docs#28698; ansible-collections/azure#264 (code not confirmed)",
)  # fmt: skip
def one_delegation(request: Request) -> Iterator[Fault]:
    """A subnet is delegated to one service."""
    for subnet in subnets_of(request):
        services = {service.lower() for _, service in delegations_of(subnet.body) or ()}
        if len(services) > 1:
            yield Fault(
                f"subnet {subnet.id} is delegated to {len(services)} services; a subnet serves one",
                f"{subnet.path}delegations",
                "make a subnet for each service",
            )


@rule(
    "net-delegation-of-used-subnet", kind="lifecycle", code="SubnetDelegationsCannotChangeWhenSubnetUsedByResource",
    source="MicrosoftDocs/azure-docs#39112", quoted=True,
)  # fmt: skip
def unchanged_when_used(request: Request) -> Iterator[Fault]:
    """A subnet that holds something keeps its delegation."""
    if request.old is None:
        return
    before = {subnet.id.lower(): subnet for subnet in _written_before(request)}
    for subnet in subnets_of(request):
        old = before.get(subnet.id.lower())
        was, now = delegations_of(old.body) if old is not None else None, delegations_of(subnet.body)
        if was is None or now is None or {s.lower() for _, s in was} == {s.lower() for _, s in now}:
            continue
        for user in occupants(request, subnet.id)[:1]:
            yield Fault(
                f"Delegations of subnet {subnet.id} cannot be changed from [{_names(was)}] to [{_names(now)}] because "
                f"it is being used by the resource {user.id}.",
                f"{subnet.path}delegations",
                "move what uses the subnet out of it first, or make another subnet for the service",
            )


@rule(
    "net-delegation-of-integrated-app", kind="lifecycle", code="SubnetMissingRequiredDelegation", quoted=True,
    source="CompositionalIT/farmer#1216; MicrosoftDocs/azure-docs#48902 (checked 2026-11-25)",
)  # fmt: skip
def kept_for_apps(request: Request) -> Iterator[Fault]:
    """A subnet that apps reach into stays delegated to App Service; a write that doesn't say so takes it away."""
    before = {subnet.id.lower(): subnet for subnet in _written_before(request)}
    for subnet in subnets_of(request):
        old = before.get(subnet.id.lower())
        was, now = delegations_of(old.body) if old is not None else None, delegations_of(subnet.body)
        if was is None or now is None or not _serves_apps(was) or _serves_apps(now):
            continue
        if integrated(request, subnet.id):
            yield Fault(
                f"Subnet {subnet.id} requires any of the following delegation(s) [Microsoft.Web/serverFarms] to "
                f"reference service association link {subnet.id}/serviceAssociationLinks/AppServiceLink.",
                f"{subnet.path}delegations",
                "keep the delegation to Microsoft.Web/serverFarms, or take the apps out of the subnet first",
            )


def _serves_apps(delegations: list[tuple[str, str]]) -> bool:
    return any(service.lower() == "microsoft.web/serverfarms" for _, service in delegations)


def _names(delegations: list[tuple[str, str]]) -> str:
    return ", ".join(service for _, service in delegations)


def _written_before(request: Request) -> list[Subnet]:
    if request.old is None:
        return []
    return list(subnets_of(Request(request.id, request.token, request.old.body, request.world)))


@rule(
    "net-service-endpoint-name", kind="static",
    source="azure-docs:virtual-network/virtual-network-service-endpoints-overview.md (checked 2026-11-25; code not "
    "confirmed)",
)  # fmt: skip
def endpoint_names(request: Request) -> Iterator[Fault]:
    """A service endpoint is named by its provider alone."""
    for subnet in subnets_of(request):
        listed = subnet.body.get("serviceEndpoints")
        for index, item in enumerate(listed if isinstance(listed, list) else ()):
            service = item.get("service") if isinstance(item, Mapping) else None
            if not isinstance(service, str):
                continue
            instead = _ENDPOINT_MISTAKES.get(key(service)) or (service.split("/")[0] if "/" in service else None)
            if instead is not None:
                yield Fault(
                    f"there is no service endpoint '{service}' for a subnet",
                    f"{subnet.path}serviceEndpoints.{index}.service",
                    f"write {instead}",
                )
