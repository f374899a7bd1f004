"""AKS cluster: a private API server inside the spoke, Entra identities only, one system pool.

Owns the cluster, its maintenance windows and its logs. Does not own pools for workloads (`components.aks.user_pool`,
`components.aks.gpu_pool`): a pool of its own can come and go without touching the cluster; nor extensions. The system
pool must be inline, and AKS writes node counts and all other pools into the same list; the list is therefore ignored
after creation, and the system pool's settings are then changed by adding a second system pool (runbook), never in
place.
"""

from __future__ import annotations

from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import containerservice as aks

from components import naming
from components.aks import cluster_profiles as profiles
from components.aks import cluster_scaling as scaling
from components.aks import cluster_security as security
from components.aks import maintenance
from components.aks.cluster_profiles import ClusterMonitoring, ClusterNetwork, SystemPool
from components.aks.cluster_scaling import ClusterScaling
from components.aks.cluster_security import ApiServer, ClusterAccess, ClusterProtection
from components.aks.maintenance import Maintenance
from components.observability.diagnostic_setting import send_diagnostics
from components.options import stateful
from components.placement import Placement
from components.problems import refuse

# Channels that move the minor version: the setting is then where the cluster started, not where it is.
MOVING_CHANNELS = ("stable", "rapid")
# The pools: see above. Disks of nodes get their key when a cluster is made; a change would replace it, with its pods.
FIXED_AT_CREATION = ("agentPoolProfiles", "diskEncryptionSetID")


@dataclass(frozen=True, kw_only=True)
class ClusterVersion:
    """`kubernetes` is a minor version, such as 1.35: AKS picks the newest patch."""

    kubernetes: str
    tier: str
    support_plan: str
    upgrade_channel: str
    node_os_upgrade_channel: str


@dataclass(frozen=True, kw_only=True)
class ClusterArgs:
    """`artifact_registry_id` None: nodes fetch AKS's own images from the internet."""

    placement: Placement
    resource_group_name: Input[str]
    version: ClusterVersion
    maintenance: Maintenance
    system_pool: SystemPool
    system_subnet_id: Input[str]
    network: ClusterNetwork
    api_server: ApiServer
    access: ClusterAccess
    protection: ClusterProtection
    scaling: ClusterScaling
    monitoring: ClusterMonitoring
    artifact_registry_id: Input[str] | None
    ai_toolchain_operator: bool
    log_workspace_id: Input[str]


def problems(args: ClusterArgs) -> list[str]:
    """Every reason why AKS would refuse the cluster."""
    found = [
        *profiles.problems(args.system_pool, args.network),
        *security.problems(args.api_server, args.protection),
        *maintenance.problems(args.maintenance),
    ]
    if args.version.support_plan == "AKSLongTermSupport" and args.version.tier != "Premium":
        found.append(f"long-term support in the tier {args.version.tier}: it needs the tier Premium")
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
        made = _cluster(f"{name}-aks", args, self._cluster_options(args))
        maintenance.configure(name, args.maintenance, made, args.resource_group_name, self)
        send_diagnostics(
            f"{name}-diag",
            made.id,
            "Microsoft.ContainerService/managedClusters",
            args.log_workspace_id,
            ResourceOptions(parent=self),
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
        ignored = list(FIXED_AT_CREATION)
        if args.version.upgrade_channel in MOVING_CHANNELS:
            ignored.append("kubernetesVersion")
        key = args.protection.etcd_key
        ready = [*args.access.ready, *(() if key is None else key.ready)]
        return ResourceOptions.merge(
            stateful(self, args.placement), ResourceOptions(depends_on=ready, ignore_changes=ignored)
        )


def _cluster(name: str, args: ClusterArgs, opts: ResourceOptions) -> aks.ManagedCluster:
    access, version = args.access, args.version
    return aks.ManagedCluster(
        name,
        resource_name_=naming.named("aks", args.placement),
        resource_group_name=args.resource_group_name,
        location=args.placement.region,
        sku=aks.ManagedClusterSKUArgs(name="Base", tier=version.tier),
        support_plan=version.support_plan,
        kubernetes_version=version.kubernetes,
        dns_prefix=naming.stem(args.placement),
        node_resource_group=naming.node_resource_group(args.placement),
        # What AKS keeps in its own group is changed through AKS, or its state and ours drift apart.
        node_resource_group_profile=aks.ManagedClusterNodeResourceGroupProfileArgs(restriction_level="ReadOnly"),
        identity=security.control_plane_identity(access),
        identity_profile={"kubeletidentity": security.kubelet_identity(access.kubelet)},
        enable_rbac=True,
        disable_local_accounts=True,
        aad_profile=security.entra(access),
        api_server_access_profile=security.api_server_access(args.api_server),
        security_profile=security.security_profile(args.protection),
        disk_encryption_set_id=args.protection.disk_encryption_set_id,
        agent_pool_profiles=[profiles.system_pool(args.system_pool, args.system_subnet_id)],
        network_profile=profiles.network_profile(args.network),
        bootstrap_profile=profiles.bootstrap_profile(args.artifact_registry_id),
        auto_scaler_profile=scaling.autoscaler_profile(args.scaling.autoscaler),
        workload_auto_scaler_profile=scaling.workload_autoscaling(args.scaling),
        node_provisioning_profile=scaling.node_provisioning(args.scaling),
        auto_upgrade_profile=_channels(version),
        oidc_issuer_profile=aks.ManagedClusterOIDCIssuerProfileArgs(enabled=True),
        storage_profile=profiles.storage_profile(),
        addon_profiles=profiles.addons(args.monitoring, args.log_workspace_id),
        azure_monitor_profile=profiles.azure_monitor_profile(args.monitoring),
        metrics_profile=_cost_analysis(args),
        ai_toolchain_operator_profile=aks.ManagedClusterAIToolchainOperatorProfileArgs(
            enabled=args.ai_toolchain_operator
        ),
        tags=args.placement.tags,
        opts=opts,
    )


def _channels(version: ClusterVersion) -> aks.ManagedClusterAutoUpgradeProfileArgs:
    return aks.ManagedClusterAutoUpgradeProfileArgs(
        upgrade_channel=version.upgrade_channel, node_os_upgrade_channel=version.node_os_upgrade_channel
    )


def _cost_analysis(args: ClusterArgs) -> aks.ManagedClusterMetricsProfileArgs:
    """Azure has none for the tier Free and refuses it there."""
    wanted = args.monitoring.cost_analysis and args.version.tier != "Free"
    return aks.ManagedClusterMetricsProfileArgs(cost_analysis=aks.ManagedClusterCostAnalysisArgs(enabled=wanted))
