"""AKS cluster: a private API server inside the spoke, Entra identities only, one system pool.

Owns the cluster, its maintenance windows and its logs. Does not own GPU pools (`components.aks.gpu_pool`): a pool of
its own can come and go without touching the cluster. The system pool must be inline, and AKS writes node counts and
all other pools into the same list; the list is therefore ignored after creation, and the system pool's settings are
then changed by adding a second system pool (runbook), never in place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_azure_native import containerservice as aks

from components import naming
from components.aks import cluster_profiles as profiles
from components.aks.cluster_profiles import ClusterNetwork, SystemPool
from components.identity.identity import Identity
from components.observability.diagnostic_setting import send_diagnostics
from components.options import stateful
from components.placement import Placement
from components.problems import refuse

# Channels that move the minor version: the setting is then where the cluster started, not where it is.
MOVING_CHANNELS = ("stable", "rapid")


@dataclass(frozen=True, kw_only=True)
class UpgradeWindow:
    """When AKS may upgrade by itself: weekly. `start` is HH:MM local, `utc_offset` ±HH:MM."""

    day: str
    start: str
    duration_hours: int
    utc_offset: str


@dataclass(frozen=True, kw_only=True)
class ClusterAccess:
    """Who the cluster is and who administers it. `ready`: what must exist first, the identities' role assignments."""

    control_plane: Identity
    kubelet: Identity
    tenant_id: Input[str]
    admin_group_id: str
    ready: Sequence[Resource]


@dataclass(frozen=True, kw_only=True)
class ClusterArgs:
    """`kubernetes_version` is a minor version, such as 1.35: AKS picks the newest patch."""

    placement: Placement
    resource_group_name: Input[str]
    kubernetes_version: str
    tier: str
    upgrade_channel: str
    node_os_upgrade_channel: str
    window: UpgradeWindow
    system_pool: SystemPool
    network: ClusterNetwork
    system_subnet_id: Input[str]
    api_server_subnet_id: Input[str]
    private_dns_zone_id: Input[str]
    access: ClusterAccess
    log_workspace_id: Input[str]


def problems(args: ClusterArgs) -> list[str]:
    """Every reason why AKS would refuse the cluster."""
    found = []
    pool, network = args.system_pool, args.network
    if not 1 <= pool.min_count <= pool.max_count <= 1000:
        found.append(f"system pool of {pool.min_count} to {pool.max_count} nodes: needs 1 ≤ min ≤ max ≤ 1000")
    if args.window.duration_hours < 4:
        found.append(f"maintenance window of {args.window.duration_hours} hours: AKS needs at least 4")
    if network.pods.overlaps(network.services):
        found.append(f"pod range {network.pods} overlaps service range {network.services}")
    if network.dns_service_ip not in network.services or network.dns_service_ip == network.services[1]:
        found.append(
            f"DNS address {network.dns_service_ip} must be inside {network.services}, and not its first address, "
            "which is the API server's"
        )
    return found


class Cluster(ComponentResource):
    """Cluster, maintenance windows, diagnostics."""

    cluster_id: Output[str]
    cluster_name: Output[str]
    oidc_issuer_url: Output[str]
    private_fqdn: Output[str]

    def __init__(self, name: str, args: ClusterArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:cluster:Cluster", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self)
        made = _cluster(f"{name}-aks", args, self._cluster_options(args))
        # One after another: AKS locks the cluster while it writes one of its configurations.
        upgrades = _window(f"{name}-mc-upgrade", "aksManagedAutoUpgradeSchedule", made, args, child)
        _window(
            f"{name}-mc-node-os",
            "aksManagedNodeOSUpgradeSchedule",
            made,
            args,
            ResourceOptions(parent=self, depends_on=[upgrades]),
        )
        send_diagnostics(
            f"{name}-diag", made.id, "Microsoft.ContainerService/managedClusters", args.log_workspace_id, child
        )
        self.cluster_id, self.cluster_name = made.id, made.name
        self.oidc_issuer_url, self.private_fqdn = made.oidc_issuer_profile.issuer_url, made.private_fqdn
        self.register_outputs(
            {
                "cluster_id": self.cluster_id,
                "cluster_name": self.cluster_name,
                "oidc_issuer_url": self.oidc_issuer_url,
                "private_fqdn": self.private_fqdn,
            }
        )

    def _cluster_options(self, args: ClusterArgs) -> ResourceOptions:
        ignored = ["agentPoolProfiles"]
        if args.upgrade_channel in MOVING_CHANNELS:
            ignored.append("kubernetesVersion")
        return ResourceOptions.merge(
            stateful(self, args.placement),
            ResourceOptions(depends_on=list(args.access.ready), ignore_changes=ignored),
        )


def _cluster(name: str, args: ClusterArgs, opts: ResourceOptions) -> aks.ManagedCluster:
    access = args.access
    return aks.ManagedCluster(
        name,
        resource_name_=naming.named("aks", args.placement),
        resource_group_name=args.resource_group_name,
        location=args.placement.region,
        sku=aks.ManagedClusterSKUArgs(name="Base", tier=args.tier),
        kubernetes_version=args.kubernetes_version,
        dns_prefix=naming.stem(args.placement),
        node_resource_group=naming.node_resource_group(args.placement),
        # What AKS keeps in its own group is changed through AKS, or its state and ours drift apart.
        node_resource_group_profile=aks.ManagedClusterNodeResourceGroupProfileArgs(restriction_level="ReadOnly"),
        identity=aks.ManagedClusterIdentityArgs(
            type=aks.ResourceIdentityType.USER_ASSIGNED,
            user_assigned_identities=[access.control_plane.identity_id],
        ),
        identity_profile={"kubeletidentity": _kubelet_identity(access.kubelet)},
        enable_rbac=True,
        disable_local_accounts=True,
        aad_profile=_entra(access),
        api_server_access_profile=_api_server(args),
        agent_pool_profiles=[profiles.system_pool(args.system_pool, args.system_subnet_id)],
        network_profile=profiles.network_profile(args.network),
        auto_scaler_profile=profiles.auto_scaler_profile(),
        auto_upgrade_profile=aks.ManagedClusterAutoUpgradeProfileArgs(
            upgrade_channel=args.upgrade_channel, node_os_upgrade_channel=args.node_os_upgrade_channel
        ),
        oidc_issuer_profile=aks.ManagedClusterOIDCIssuerProfileArgs(enabled=True),
        security_profile=profiles.security_profile(args.log_workspace_id),
        storage_profile=profiles.storage_profile(),
        addon_profiles=profiles.addons(),
        # Azure has no cost analysis for the Free tier and refuses it there.
        metrics_profile=aks.ManagedClusterMetricsProfileArgs(
            cost_analysis=aks.ManagedClusterCostAnalysisArgs(enabled=args.tier != "Free")
        ),
        tags=args.placement.tags,
        opts=opts,
    )


def _entra(access: ClusterAccess) -> aks.ManagedClusterAADProfileArgs:
    """Sign-in through Entra, rights through Azure roles; the admin group is the way in when roles are wrong."""
    return aks.ManagedClusterAADProfileArgs(
        managed=True,
        enable_azure_rbac=True,
        tenant_id=access.tenant_id,
        admin_group_object_ids=[access.admin_group_id],
    )


def _kubelet_identity(kubelet: Identity) -> aks.UserAssignedIdentityArgs:
    return aks.UserAssignedIdentityArgs(
        resource_id=kubelet.identity_id, client_id=kubelet.client_id, object_id=kubelet.principal_id
    )


def _api_server(args: ClusterArgs) -> aks.ManagedClusterAPIServerAccessProfileArgs:
    return aks.ManagedClusterAPIServerAccessProfileArgs(
        enable_private_cluster=True,
        enable_private_cluster_public_fqdn=False,
        enable_vnet_integration=True,
        subnet_id=args.api_server_subnet_id,
        private_dns_zone=args.private_dns_zone_id,
        # It would run commands as cluster admin for whoever may call ARM, past the private network.
        disable_run_command=True,
    )


def _window(
    name: str, kind: str, cluster: aks.ManagedCluster, args: ClusterArgs, opts: ResourceOptions
) -> aks.MaintenanceConfiguration:
    """`kind` is one of the names that AKS knows; any other name would be a configuration that nothing reads."""
    return aks.MaintenanceConfiguration(
        name,
        config_name=kind,
        resource_name_=cluster.name,
        resource_group_name=args.resource_group_name,
        maintenance_window=aks.MaintenanceWindowArgs(
            schedule=aks.ScheduleArgs(
                weekly=aks.WeeklyScheduleArgs(day_of_week=args.window.day, interval_weeks=1),
            ),
            start_time=args.window.start,
            duration_hours=args.window.duration_hours,
            utc_offset=args.window.utc_offset,
        ),
        opts=opts,
    )
