"""What a stack wants: the typed settings of one environment.

Owns the shape and the defaults of every setting. Does not own rules between settings (`stacks.checks`), where the
values come from (`stacks.loading`), or how they become resources (`components`).

Every description starts with Required, Optional or Conditional, as Azure Verified Modules do; the reference page and
the JSON Schema for editors are generated from this file.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from stacks.types import (
    Address,
    Cidr,
    Classification,
    ContainerName,
    CostCentre,
    Email,
    Environment,
    Fqdn,
    Guid,
    KubernetesVersion,
    LocalTime,
    MaxPrice,
    Percent,
    PoolName,
    Region,
    ResourceId,
    Taint,
    UtcOffset,
    VmSize,
    WorkloadName,
    Zone,
)


class Section(BaseModel):
    """A group of settings: immutable, and a key that nobody reads is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Subnets(Section):
    """Address ranges of the spoke. Each is data, not position: adding one never moves another."""

    system_pool: Cidr = Field(description="Required. AKS system node pool; nodes only, pods use the overlay.")
    gpu_pool: Cidr = Field(description="Required. AKS GPU node pools.")
    private_endpoints: Cidr = Field(description="Required. Private endpoints of every platform service.")
    machine_learning: Cidr = Field(description="Required. Azure ML compute that is not in the managed network.")
    api_server: Cidr = Field(description="Required. AKS API server VNet integration; delegated, /28 or larger.")


class NatGateway(Section):
    """Egress through a NAT gateway of the spoke: fixed public addresses, no filtering."""

    kind: Literal["nat_gateway"] = Field(description="Required. Which way out this is.")
    public_ip_count: int = Field(
        default=1, ge=1, le=16, description="Optional. Public IPs; each gives 64,512 SNAT ports."
    )
    idle_timeout_minutes: int = Field(
        default=4, ge=4, le=120, description="Optional. Idle TCP connections end after it."
    )


class HubFirewall(Section):
    """Egress through the hub's firewall: a route table sends 0.0.0.0/0 to it."""

    kind: Literal["hub_firewall"] = Field(description="Required. Which way out this is.")
    next_hop: Address = Field(description="Required. Private address of the hub's firewall.")
    hub_vnet_id: ResourceId | None = Field(
        default=None, description="Optional. Hub VNet to peer with; absent: the hub's owner peers."
    )


class NetworkSettings(Section):
    """The spoke network."""

    address_space: Cidr = Field(description="Required. The spoke's address space; holds every subnet.")
    subnets: Subnets = Field(description="Required. One range for each use.")
    egress: NatGateway | HubFirewall = Field(
        discriminator="kind", description="Required. How traffic leaves the spoke."
    )
    pod_cidr: Cidr = Field(description="Required. AKS overlay pods; must not meet any routed range.")
    service_cidr: Cidr = Field(description="Required. Kubernetes services; must not meet any routed range.")
    dns_service_ip: Address = Field(description="Required. kube-dns; inside service_cidr and not its first address.")
    operator_ranges: tuple[Cidr, ...] = Field(
        default=(), description="Optional. Ranges (VPN, bastion) that may reach private endpoints and the API server."
    )


class AccessSettings(Section):
    """Microsoft Entra groups (object ids) and what they are for."""

    platform_admins: Guid = Field(description="Required. Administer the cluster and the vault.")
    ml_engineers: Guid = Field(description="Required. Deploy models and run pipelines.")
    data_scientists: Guid = Field(description="Required. Use the workspace; no administration.")
    auditors: Guid = Field(description="Required. Read everything, change nothing.")


class KeyVaultSettings(Section):
    """The platform's key vault."""

    sku: Literal["standard", "premium"] = Field(
        default="standard", description="Optional. premium can keep keys in an HSM."
    )
    soft_delete_days: int = Field(default=90, ge=7, le=90, description="Optional. Can't change after creation.")


class StorageSettings(Section):
    """Azure ML's default account and the data lake."""

    replication: Literal["LRS", "ZRS", "GRS", "GZRS"] = Field(description="Required. How copies are spread.")
    soft_delete_days: int = Field(default=30, ge=1, le=365, description="Optional. Undelete window for blobs.")
    lake_containers: tuple[ContainerName, ...] = Field(
        default=("raw", "curated", "features"), min_length=1, description="Optional. File systems of the data lake."
    )


class RegistrySettings(Section):
    """The container registry (always Premium: private endpoints need it)."""

    zone_redundancy: bool = Field(default=False, description="Optional. Needs a region with zones.")
    untagged_retention_days: int = Field(
        default=30, ge=0, le=365, description="Optional. Days until an untagged image is deleted."
    )


class MonitoringSettings(Section):
    """Log Analytics and Application Insights."""

    retention_days: int = Field(default=90, ge=30, le=730, description="Optional. Interactive retention.")
    daily_cap_gb: float | None = Field(
        default=None, gt=0, description="Optional. Ingestion stops above it; absent: no cap."
    )


class SystemPoolSettings(Section):
    """The AKS pool that runs the cluster's own pods. What it is at the cluster's creation stays (decision 0004)."""

    vm_size: VmSize = Field(description="Required. VM size of the nodes; fixed at creation.")
    min_count: int = Field(default=1, ge=1, le=1000, description="Optional. Fewest nodes; fixed at creation.")
    max_count: int = Field(default=3, ge=1, le=1000, description="Optional. Most nodes; fixed at creation.")
    zones: tuple[Zone, ...] = Field(default=(), description="Conditional. Required in prod where the region has zones.")


class Spot(Section):
    """Spare capacity at a discount; Azure may take it back at any time. All of it is fixed at creation."""

    eviction_policy: Literal["Delete", "Deallocate"] = Field(
        default="Delete", description="Optional. Deallocate keeps using quota after an eviction."
    )
    max_price: MaxPrice = Field(default=-1.0, description="Optional. USD per hour; -1: up to the on-demand price.")


class GpuPoolSettings(Section):
    """One AKS pool of GPU nodes."""

    vm_size: VmSize = Field(description="Required. A GPU size that the region offers.")
    min_count: int = Field(default=0, ge=0, le=1000, description="Optional. 0 scales to zero when idle.")
    max_count: int = Field(ge=1, le=1000, description="Required. Bounds the cost of the pool.")
    zones: tuple[Zone, ...] = Field(default=(), description="Optional. Zones that offer the size.")
    spot: Spot | None = Field(default=None, description="Optional. Absent: on-demand capacity.")
    mig_profile: Literal["MIG1g", "MIG2g", "MIG3g", "MIG4g", "MIG7g"] | None = Field(
        default=None, description="Optional. Slices each GPU; A100, H100 and H200 only; fixed at creation."
    )
    driver: Literal["Install", "None"] = Field(
        default="Install", description="Optional. None leaves the driver to the GPU operator."
    )
    os_disk_gib: int = Field(default=128, ge=30, le=2048, description="Optional. OS disk of a node.")
    labels: dict[str, str] = Field(default_factory=dict, description="Optional. Further node labels.")
    taints: tuple[Taint, ...] = Field(default=(), description="Optional. Further taints; the GPU taint is always set.")


class MaintenanceWindow(Section):
    """When AKS may upgrade: weekly, in Mountain Time."""

    day: Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] = Field(
        default="Sunday", description="Optional. Day of the week, in local time."
    )
    start: LocalTime = Field(default="01:00", description="Optional. HH:MM, local time.")
    duration_hours: int = Field(default=6, ge=4, le=24, description="Optional. AKS needs at least 4.")
    utc_offset: UtcOffset = Field(default="-07:00", description="Optional. Local time minus UTC; -07:00 is Alberta's.")


class ClusterSettings(Section):
    """The AKS cluster."""

    kubernetes_version: KubernetesVersion = Field(description="Required. Minor version, for example 1.35.")
    tier: Literal["Free", "Standard", "Premium"] = Field(description="Required. Standard and Premium carry an SLA.")
    upgrade_channel: Literal["patch", "stable", "rapid", "node-image"] = Field(
        default="patch", description="Optional. What AKS upgrades by itself."
    )
    node_os_upgrade_channel: Literal["NodeImage", "SecurityPatch"] = Field(
        default="NodeImage", description="Optional. How nodes get operating-system fixes."
    )
    maintenance: MaintenanceWindow = Field(default=MaintenanceWindow(), description="Optional. When upgrades may run.")
    system_pool: SystemPoolSettings = Field(description="Required. Nodes of the cluster's own pods.")
    gpu_pools: dict[PoolName, GpuPoolSettings] = Field(
        default_factory=dict, description="Optional. GPU pools by name; a name is at most 12 letters and digits."
    )


class MachineLearningSettings(Section):
    """The Azure ML workspace."""

    allowed_fqdns: tuple[Fqdn, ...] = Field(
        default=(), description="Optional. Hosts that the managed network may reach, besides Azure services."
    )
    high_business_impact: bool = Field(
        default=False, description="Optional. Less diagnostic data for Microsoft; can't change after creation."
    )


class BudgetSettings(Section):
    """The monthly budget of the environment's resource groups."""

    monthly_amount: int = Field(gt=0, description="Required. In the billing currency (CAD).")
    start_date: date = Field(
        description="Required. First day of a month, in quotes; fixed, or every `up` would move it."
    )
    contacts: tuple[Email, ...] = Field(min_length=1, description="Required. Who is told.")
    actual_thresholds: tuple[Percent, ...] = Field(
        default=(50, 80, 100), description="Optional. Percent of actual cost."
    )
    forecast_thresholds: tuple[Percent, ...] = Field(default=(100,), description="Optional. Percent of forecast cost.")


class Settings(Section):
    """Everything that one environment wants."""

    name: WorkloadName = Field(description="Required. Short name of the workload; part of every resource name.")
    environment: Environment = Field(description="Required. Must be the stack's name.")
    region: Region = Field(default=Region.CANADA_CENTRAL, description="Optional. Where everything is created.")
    classification: Classification = Field(description="Required. Highest classification of the data held.")
    owner: Email = Field(description="Required. Who answers for the environment; the `owner` tag.")
    cost_centre: CostCentre = Field(description="Required. Charge-back; the `cost-centre` tag.")
    keep_version_aliases: bool = Field(
        default=False,
        description="Conditional. true while the state still holds versioned types (azure-native:network/v20230201:…).",
    )
    protect_stateful: bool = Field(
        default=False, description="Conditional. Must be true in prod: no stateful resource can be deleted."
    )
    network: NetworkSettings = Field(description="Required. The spoke network.")
    access: AccessSettings = Field(description="Required. Who may do what.")
    key_vault: KeyVaultSettings = Field(default=KeyVaultSettings(), description="Optional. The key vault.")
    storage: StorageSettings = Field(description="Required. Storage accounts.")
    registry: RegistrySettings = Field(default=RegistrySettings(), description="Optional. The container registry.")
    monitoring: MonitoringSettings = Field(
        default=MonitoringSettings(), description="Optional. Log Analytics and Application Insights."
    )
    cluster: ClusterSettings = Field(description="Required. The AKS cluster.")
    machine_learning: MachineLearningSettings = Field(
        default=MachineLearningSettings(), description="Optional. The Azure ML workspace."
    )
    budget: BudgetSettings = Field(description="Required. The monthly budget.")
