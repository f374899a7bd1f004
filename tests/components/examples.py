"""One complete example of every component: small, valid, and the same in every test."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from ipaddress import IPv4Address, IPv4Network

from pulumi_azure_native import managedidentity

from components.aks.cluster import ClusterArgs, ClusterVersion
from components.aks.cluster_profiles import AdvancedNetworking, ClusterMonitoring, ClusterNetwork, SystemPool
from components.aks.cluster_scaling import AutoscalerProfile, ClusterScaling
from components.aks.cluster_security import ApiServer, ClusterAccess, ClusterProtection
from components.aks.gpu_pool import GpuPoolArgs
from components.aks.maintenance import Maintenance, Window
from components.aks.node_pool import SpotCapacity
from components.data.blob_protection import BlobProtection, Lifecycle
from components.data.container_registry import ContainerRegistryArgs
from components.data.data_lake import DataLakeArgs
from components.data.storage_account import StorageAccountArgs
from components.governance.budget import BudgetArgs
from components.governance.resource_groups import ResourceGroupsArgs
from components.identity.identity import Identity, IdentityArgs
from components.identity.role_assignment import Grant, Principal, RoleAssignmentsArgs, Scope
from components.machine_learning.machine_learning_workspace import MachineLearningWorkspaceArgs, WorkspaceResources
from components.machine_learning.managed_network_rules import NetworkRules
from components.network import private_dns
from components.network.egress import FirewallEgress, NatEgress
from components.network.network import NetworkArgs
from components.network.network_plan import AddressPlan
from components.network.private_dns import PrivateDnsArgs
from components.network.private_endpoint import PrivateAccess, PrivateEndpointArgs
from components.observability.alert import Severity
from components.observability.observability import ObservabilityArgs
from components.placement import Placement
from components.security.key_vault import KeyVaultArgs

PLACEMENT = Placement(
    workload="mlops",
    environment="dev",
    region="canadacentral",
    tags={"owner": "ml-platform@gov.example", "environment": "dev"},
    protect_stateful=False,
)
PROTECTED = replace(PLACEMENT, environment="prod", protect_stateful=True)
LOGS = "/logs"
ADDRESSES = AddressPlan(
    space=IPv4Network("10.40.0.0/16"),
    subnets={
        "system_pool": IPv4Network("10.40.0.0/24"),
        "gpu_pool": IPv4Network("10.40.1.0/24"),
        "private_endpoints": IPv4Network("10.40.2.0/24"),
        "machine_learning": IPv4Network("10.40.3.0/24"),
        "api_server": IPv4Network("10.40.4.0/28"),
    },
    pods=IPv4Network("172.20.0.0/16"),
    operators=(IPv4Network("10.250.0.0/24"),),
)
NAT = NatEgress(public_ip_count=2, public_ip_zones=("1", "2", "3"), idle_timeout_minutes=4)
FIREWALL = FirewallEgress(next_hop=IPv4Address("10.250.4.4"), hub_vnet_id="/hub")
NETWORK = NetworkArgs(
    placement=PLACEMENT, resource_group_name="rg", addresses=ADDRESSES, egress=NAT, log_workspace_id=LOGS
)
ACCESS = PrivateAccess(
    resource_group_name="rg-net",
    subnet_id="/subnet",
    zone_ids={zone: f"/zones/{zone}" for zone in private_dns.zone_names(PLACEMENT.region)},
)
ENDPOINT = PrivateEndpointArgs(
    placement=PLACEMENT, access=ACCESS, link=private_dns.WORKSPACE, target="workspace", target_id="/workspace"
)
GROUPS = ResourceGroupsArgs(placement=PLACEMENT)
DNS = PrivateDnsArgs(placement=PLACEMENT, resource_group_name="rg", vnet_id="/vnet")
IDENTITY = IdentityArgs(placement=PLACEMENT, resource_group_name="rg", purpose="kubelet")
TOLD: dict[Severity, str] = {severity: f"/groups/{severity.name.lower()}" for severity in Severity}
OBSERVABILITY = ObservabilityArgs(
    placement=PLACEMENT, resource_group_name="rg", retention_days=30, daily_cap_gb=5, action_group_ids=TOLD
)
VAULT = KeyVaultArgs(
    placement=PLACEMENT,
    resource_group_name="rg",
    purpose="secrets",
    tenant_id="a-tenant",
    sku="premium",
    soft_delete_days=90,
    access=ACCESS,
    log_workspace_id=LOGS,
)
PROTECTION = BlobProtection(
    soft_delete_days=14,
    restore_days=7,
    change_feed_days=30,
    lifecycle=Lifecycle(cool_after_days=30, cold_after_days=90, archive_after_days=None),
)
STORAGE = StorageAccountArgs(
    placement=PLACEMENT,
    resource_group_name="rg",
    replication="ZRS",
    protection=PROTECTION,
    customer_key=None,
    defender=None,
    access=ACCESS,
    log_workspace_id=LOGS,
)
LAKE = DataLakeArgs(
    placement=PLACEMENT,
    resource_group_name="rg",
    replication="GZRS",
    protection=PROTECTION,
    customer_key=None,
    defender=None,
    access=ACCESS,
    log_workspace_id=LOGS,
    file_systems=("raw", "curated"),
    immutable_days={},
    own_keys={},
)
REGISTRY = ContainerRegistryArgs(
    placement=PLACEMENT,
    resource_group_name="rg",
    zone_redundancy=True,
    untagged_retention_days=0,
    quarantine=False,
    replicas=(),
    build_pool=None,
    customer_key=None,
    access=ACCESS,
    log_workspace_id=LOGS,
)
ENGINEERS = Principal(name="engineers", id="11111111-1111-1111-1111-111111111111", type="Group")
GRANTS = RoleAssignmentsArgs(
    namespace="mlops-dev-cnc",
    grants=(
        Grant(principal=ENGINEERS, role="AcrPush", scope=Scope(name="registry", id="/registry")),
        Grant(principal=ENGINEERS, role="Key Vault Secrets User", scope=Scope(name="vault", id="/vault")),
    ),
)
GPU_POOL = GpuPoolArgs(
    placement=PLACEMENT,
    resource_group_name="rg",
    cluster_name="a-cluster",
    subnet_id="/subnet",
    pool_name="t4",
    family="t4",
    team=None,
    capacity_reservation_group_id=None,
    vm_size="Standard_NC4as_T4_v3",
    min_count=0,
    max_count=2,
    zones=("1",),
    spot=None,
    mig_profile=None,
    mig_strategy="single",
    shares=1,
    driver="aks",
    os_disk_gib=128,
    encryption_at_host=True,
    labels={"team": "vision"},
    taints=("team=vision:NoSchedule",),
)
SPOT = SpotCapacity(eviction_policy="Delete", max_price=-1.0)
BUDGET = BudgetArgs(
    placement=PLACEMENT,
    subscription_id="a-subscription",
    resource_group_names=["rg-one", "rg-two"],
    monthly_amount=3000,
    start_date=date(2026, 12, 1),
    contacts=("ml-platform@gov.example",),
    actual_thresholds=(50, 100),
    forecast_thresholds=(100,),
)


def an_identity(purpose: str) -> Identity:
    """An identity; to be made inside a recorded program."""
    return Identity(purpose, IdentityArgs(placement=PLACEMENT, resource_group_name="rg", purpose=purpose))


def something(name: str = "first") -> managedidentity.UserAssignedIdentity:
    """Any resource that something else waits for; to be made inside a recorded program."""
    return managedidentity.UserAssignedIdentity(name, resource_group_name="rg")


def cluster() -> ClusterArgs:
    """Arguments of a cluster; to be made inside a recorded program."""
    return ClusterArgs(
        placement=PLACEMENT,
        resource_group_name="rg",
        version=CLUSTER_VERSION,
        maintenance=MAINTENANCE,
        system_pool=SYSTEM_POOL,
        system_subnet_id="/system",
        network=CLUSTER_NETWORK,
        api_server=ApiServer(subnet_id="/api", private_dns_zone="/zone"),
        access=ClusterAccess(
            control_plane=an_identity("control-plane"),
            kubelet=an_identity("kubelet"),
            tenant_id="a-tenant",
            admin_group_id="admins",
            ready=(something(),),
        ),
        protection=CLUSTER_PROTECTION,
        scaling=SCALING,
        monitoring=ClusterMonitoring(prometheus=True, container_insights=True, cost_analysis=True),
        artifact_registry_id="/registry",
        ai_toolchain_operator=False,
        log_workspace_id=LOGS,
    )


CLUSTER_VERSION = ClusterVersion(
    kubernetes="1.35",
    tier="Standard",
    support_plan="KubernetesOfficial",
    upgrade_channel="patch",
    node_os_upgrade_channel="NodeImage",
)
WINDOW = Window(day="Sunday", start="01:00", duration_hours=6, utc_offset="-07:00")
MAINTENANCE = Maintenance(
    upgrade=WINDOW,
    node_os=replace(WINDOW, day="Saturday"),
    releases=WINDOW,
    freezes=((date(2027, 3, 24), date(2027, 4, 7)),),
)
SYSTEM_POOL = SystemPool(
    vm_size="Standard_D4ds_v5", min_count=1, max_count=3, zones=("1", "2"), encryption_at_host=True, fips=True
)
CLUSTER_NETWORK = ClusterNetwork(
    outbound_type="userAssignedNATGateway",
    pods=IPv4Network("172.20.0.0/16"),
    services=IPv4Network("172.21.0.0/16"),
    dns_service_ip=IPv4Address("172.21.0.10"),
    advanced=AdvancedNetworking(observability=True, policies="FQDN"),
)
CLUSTER_PROTECTION = ClusterProtection(
    etcd_key=None, disk_encryption_set_id="/disks", image_cleaner_hours=168, log_workspace_id=LOGS
)
SCALING = ClusterScaling(
    autoscaler=AutoscalerProfile(
        expander="least-waste",
        scale_down_unneeded_minutes=10,
        scale_down_after_add_minutes=15,
        utilization_threshold=0.5,
        drain_seconds=600,
        keep_nodes_with_local_storage=False,
    ),
    node_provisioning=None,
    event_autoscaling=True,
    vertical_autoscaling=True,
)


def workspace() -> MachineLearningWorkspaceArgs:
    """Arguments of a workspace; to be made inside a recorded program."""
    return MachineLearningWorkspaceArgs(
        placement=PLACEMENT,
        resource_group_name="rg",
        identity=an_identity("workspace"),
        uses=WorkspaceResources(
            vault_id="/vault",
            storage_account_id="/storage",
            registry_id="/registry",
            application_insights_id="/insights",
            ready=(something(),),
        ),
        rules=NetworkRules(
            endpoints={"lake-blob": ("/lake", "blob"), "lake-dfs": ("/lake", "dfs")},
            hosts=("pypi.org", "*.anaconda.org"),
        ),
        firewall_sku="Basic",
        high_business_impact=True,
        customer_key=None,
        image_build_cluster="cpu",
        access=ACCESS,
        log_workspace_id=LOGS,
    )
