"""The platform: every component of one environment, wired from its settings.

Owns the wiring and nothing else: what a resource is like stands in its own component. There is no `if environment
==` here; environments differ by settings only.
"""

from __future__ import annotations

from collections.abc import Mapping

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import authorization

from components import access, naming, private_dns, translation
from components.access import DataScopes, PeopleScopes
from components.budget import Budget
from components.cluster import Cluster, ClusterAccess, ClusterArgs
from components.container_registry import ContainerRegistry, ContainerRegistryArgs
from components.data_lake import DataLake, DataLakeArgs
from components.gpu_pool import GpuPool
from components.identity import Identity, IdentityArgs
from components.key_vault import KeyVault, KeyVaultArgs
from components.machine_learning_workspace import (
    MachineLearningWorkspace,
    MachineLearningWorkspaceArgs,
    WorkspaceResources,
)
from components.network import Network, NetworkArgs
from components.observability import Observability, ObservabilityArgs
from components.private_dns import PrivateDns, PrivateDnsArgs
from components.private_endpoint import PrivateAccess
from components.resource_groups import ResourceGroups, ResourceGroupsArgs
from components.role_assignment import Grant, RoleAssignments, RoleAssignmentsArgs, Scope
from components.storage_account import StorageAccount, StorageAccountArgs
from stacks.settings import Settings

# The groups that each identity lives in, by what it is for.
IDENTITIES = {"control-plane": "cluster", "kubelet": "cluster", "workspace": "ml", "compute": "ml"}
CLUSTER_SUBNETS = ("system_pool", "gpu_pool", "api_server")


class Platform(ComponentResource):
    """One environment."""

    exports: Mapping[str, Output[str]]
    """Stack outputs: names, ids and addresses that people and pipelines need; nothing secret."""

    def __init__(self, name: str, settings: Settings, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:platform:Platform", name, {}, opts)
        self._prefix, self._settings = name, settings
        self._child = ResourceOptions(parent=self)
        self._placement = translation.placement(settings)
        self._caller = authorization.get_client_config_output()
        self._groups = ResourceGroups(f"{name}-groups", ResourceGroupsArgs(placement=self._placement), self._child)
        self._observability = self._make_observability()
        self._network = self._make_network()
        self._dns = self._make_dns()
        self._access = PrivateAccess(
            resource_group_name=self._groups.names["network"],
            subnet_id=self._network.subnet_ids["private_endpoints"],
            zone_ids=self._dns.zone_ids,
        )
        self._identities = {purpose: self._make_identity(purpose) for purpose in IDENTITIES}
        self._vault, self._registry = self._make_vault(), self._make_registry()
        self._storage, self._lake = self._make_storage(), self._make_lake()
        cluster = self._make_cluster()
        workspace = self._make_workspace()
        self._grant_people(cluster, workspace)
        self._make_budget()
        self.exports = self._outputs(cluster, workspace)
        self.register_outputs(dict(self.exports))

    def _make_observability(self) -> Observability:
        wanted = self._settings.monitoring
        args = ObservabilityArgs(
            placement=self._placement,
            resource_group_name=self._groups.names["observability"],
            retention_days=wanted.retention_days,
            daily_cap_gb=wanted.daily_cap_gb,
        )
        return Observability(f"{self._prefix}-observability", args, self._child)

    def _make_network(self) -> Network:
        args = NetworkArgs(
            placement=self._placement,
            resource_group_name=self._groups.names["network"],
            addresses=translation.addresses(self._settings.network),
            egress=translation.egress(self._settings),
            log_workspace_id=self._observability.log_workspace_id,
        )
        return Network(f"{self._prefix}-network", args, self._child)

    def _make_dns(self) -> PrivateDns:
        args = PrivateDnsArgs(
            placement=self._placement,
            resource_group_name=self._groups.names["network"],
            vnet_id=self._network.vnet_id,
        )
        return PrivateDns(f"{self._prefix}-dns", args, self._child)

    def _make_identity(self, purpose: str) -> Identity:
        args = IdentityArgs(
            placement=self._placement,
            resource_group_name=self._groups.names[IDENTITIES[purpose]],
            purpose=purpose,
        )
        return Identity(f"{self._prefix}-{purpose}", args, self._child)

    def _make_vault(self) -> KeyVault:
        args = KeyVaultArgs(
            placement=self._placement,
            resource_group_name=self._groups.names["security"],
            tenant_id=self._caller.tenant_id,
            sku=self._settings.key_vault.sku,
            soft_delete_days=self._settings.key_vault.soft_delete_days,
            access=self._access,
            log_workspace_id=self._observability.log_workspace_id,
        )
        return KeyVault(f"{self._prefix}-vault", args, self._child)

    def _make_registry(self) -> ContainerRegistry:
        args = ContainerRegistryArgs(
            placement=self._placement,
            resource_group_name=self._groups.names["data"],
            zone_redundancy=self._settings.registry.zone_redundancy,
            untagged_retention_days=self._settings.registry.untagged_retention_days,
            access=self._access,
            log_workspace_id=self._observability.log_workspace_id,
        )
        return ContainerRegistry(f"{self._prefix}-registry", args, self._child)

    def _make_storage(self) -> StorageAccount:
        args = StorageAccountArgs(
            placement=self._placement,
            resource_group_name=self._groups.names["data"],
            replication=self._settings.storage.replication,
            soft_delete_days=self._settings.storage.soft_delete_days,
            access=self._access,
            log_workspace_id=self._observability.log_workspace_id,
        )
        return StorageAccount(f"{self._prefix}-storage", args, self._child)

    def _make_lake(self) -> DataLake:
        args = DataLakeArgs(
            placement=self._placement,
            resource_group_name=self._groups.names["data"],
            replication=self._settings.storage.replication,
            soft_delete_days=self._settings.storage.soft_delete_days,
            file_systems=self._settings.storage.lake_containers,
            access=self._access,
            log_workspace_id=self._observability.log_workspace_id,
        )
        return DataLake(f"{self._prefix}-lake", args, self._child)

    def _make_cluster(self) -> Cluster:
        wanted, subnets = self._settings.cluster, self._network.subnet_ids
        zone_id = self._dns.zone_ids[private_dns.aks_zone(self._placement.region)]
        args = ClusterArgs(
            placement=self._placement,
            resource_group_name=self._groups.names["cluster"],
            kubernetes_version=wanted.kubernetes_version,
            tier=wanted.tier,
            upgrade_channel=wanted.upgrade_channel,
            node_os_upgrade_channel=wanted.node_os_upgrade_channel,
            window=translation.upgrade_window(wanted.maintenance),
            system_pool=translation.system_pool(wanted.system_pool),
            network=translation.cluster_network(self._settings.network, self._network.outbound_type),
            system_subnet_id=subnets["system_pool"],
            api_server_subnet_id=subnets["api_server"],
            private_dns_zone_id=zone_id,
            access=self._cluster_access(zone_id),
            log_workspace_id=self._observability.log_workspace_id,
        )
        cluster = Cluster(f"{self._prefix}-cluster", args, self._child)
        for pool_name, pool in wanted.gpu_pools.items():
            pool_args = translation.gpu_pool(
                pool_name,
                pool,
                placement=self._placement,
                resource_group_name=self._groups.names["cluster"],
                cluster_name=cluster.cluster_name,
                subnet_id=subnets["gpu_pool"],
            )
            GpuPool(f"{self._prefix}-gpu-{pool_name}", pool_args, self._child)
        return cluster

    def _cluster_access(self, zone_id: Input[str]) -> ClusterAccess:
        control_plane, kubelet = self._identities["control-plane"], self._identities["kubelet"]
        grants = access.cluster_identities(
            control_plane,
            kubelet,
            {key: self._network.subnet_ids[key] for key in CLUSTER_SUBNETS},
            zone_id,
            self._data_scopes().registry,
        )
        return ClusterAccess(
            control_plane=control_plane,
            kubelet=kubelet,
            tenant_id=self._caller.tenant_id,
            admin_group_id=self._settings.access.platform_admins,
            # The egress of the subnets must stand too: AKS tests it with the first node.
            ready=(self._grant("cluster-roles", grants), self._network, self._dns),
        )

    def _make_workspace(self) -> MachineLearningWorkspace:
        identity, compute = self._identities["workspace"], self._identities["compute"]
        grants = access.workspace_identities(identity, compute, self._data_scopes())
        args = MachineLearningWorkspaceArgs(
            placement=self._placement,
            resource_group_name=self._groups.names["ml"],
            identity=identity,
            uses=WorkspaceResources(
                vault_id=self._vault.vault_id,
                storage_account_id=self._storage.account_id,
                registry_id=self._registry.registry_id,
                application_insights_id=self._observability.application_insights_id,
                data_lake_id=self._lake.account_id,
                ready=(self._grant("workspace-roles", grants),),
            ),
            allowed_fqdns=self._settings.machine_learning.allowed_fqdns,
            high_business_impact=self._settings.machine_learning.high_business_impact,
            access=self._access,
            log_workspace_id=self._observability.log_workspace_id,
        )
        return MachineLearningWorkspace(f"{self._prefix}-workspace", args, self._child)

    def _data_scopes(self) -> DataScopes:
        return DataScopes(
            vault=Scope(name="vault", id=self._vault.vault_id),
            storage=Scope(name="storage", id=self._storage.account_id),
            lake=Scope(name="lake", id=self._lake.account_id),
            registry=Scope(name="registry", id=self._registry.registry_id),
            insights=Scope(name="insights", id=self._observability.application_insights_id),
            security_group=self._group_scope("security"),
            data_group=self._group_scope("data"),
            ml_group=self._group_scope("ml"),
        )

    def _group_scope(self, purpose: str) -> Scope:
        return Scope(name=f"rg-{purpose}", id=self._groups.ids[purpose])

    def _grant(self, concern: str, grants: tuple[Grant, ...]) -> RoleAssignments:
        args = RoleAssignmentsArgs(namespace=naming.stem(self._placement), grants=grants)
        return RoleAssignments(f"{self._prefix}-{concern}", args, self._child)

    def _grant_people(self, cluster: Cluster, workspace: MachineLearningWorkspace) -> None:
        at = PeopleScopes(
            cluster=Scope(name="cluster", id=cluster.cluster_id),
            workspace=Scope(name="workspace", id=workspace.workspace_id),
            logs=Scope(name="logs", id=self._observability.log_workspace_id),
            groups={purpose: self._group_scope(purpose) for purpose in self._groups.ids},
        )
        grants = access.people(translation.groups(self._settings.access), self._data_scopes(), at)
        self._grant("people-roles", grants)

    def _make_budget(self) -> None:
        groups = self._groups.names.values()
        names: list[Input[str]] = [*groups, naming.node_resource_group(self._placement)]
        args = translation.budget(
            self._settings.budget,
            placement=self._placement,
            subscription_id=self._caller.subscription_id,
            resource_group_names=names,
        )
        Budget(f"{self._prefix}-budget", args, self._child)

    def _outputs(self, cluster: Cluster, workspace: MachineLearningWorkspace) -> dict[str, Output[str]]:
        return {
            "cluster_name": cluster.cluster_name,
            "cluster_id": cluster.cluster_id,
            "cluster_private_fqdn": cluster.private_fqdn,
            "cluster_oidc_issuer_url": cluster.oidc_issuer_url,
            "workspace_name": workspace.workspace_name,
            "workspace_id": workspace.workspace_id,
            "vault_uri": self._vault.vault_uri,
            "registry_login_server": self._registry.login_server,
            "storage_account_name": self._storage.account_name,
            "data_lake_name": self._lake.account_name,
            "log_workspace_id": self._observability.log_workspace_id,
            "vnet_id": self._network.vnet_id,
            "compute_identity_id": self._identities["compute"].identity_id,
        }
