"""The AKS cluster and its pools."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from stacks.sections.cluster_extensions import AzureMlExtensionSettings, GitOpsSettings
from stacks.sections.cluster_operation import (
    AdvancedNetworkingSettings,
    AutoscalerSettings,
    MaintenanceSettings,
    NodeProvisioningSettings,
)
from stacks.sections.cluster_protection import (
    ApiServerSettings,
    ClusterBackupSettings,
    ClusterEncryptionSettings,
    SafeguardsSettings,
)
from stacks.sections.section import Section
from stacks.types import Classification, KubernetesName, KubernetesVersion, MaxPrice, PoolName, Taint, VmSize, Zone


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


class GpuSpot(Spot):
    """Spare GPU capacity, and what stands in for it."""

    fallback: bool = Field(
        default=True,
        description="Optional. A second pool, on demand and named <pool>od, grows when there is no spare capacity; "
        "needs `cluster.autoscaler.expander: priority`.",
    )


class GpuPoolSettings(Section):
    """One AKS pool of GPU nodes, or two: a spot pool has its fallback."""

    vm_size: VmSize = Field(description="Required. A GPU size that the region offers.")
    min_count: int = Field(default=0, ge=0, le=1000, description="Optional. 0 scales to zero when idle.")
    max_count: int = Field(ge=1, le=1000, description="Required. Bounds the cost of the pool.")
    zones: tuple[Zone, ...] = Field(default=(), description="Optional. Zones that offer the size.")
    spot: GpuSpot | None = Field(default=None, description="Optional. Absent: on-demand capacity.")
    reserved_nodes: int | None = Field(
        default=None,
        ge=1,
        le=1000,
        description="Optional. Nodes that Azure keeps free for it, charged used or not; fixed at creation.",
    )
    team: KubernetesName | None = Field(
        default=None, description="Optional. The team of `workloads.teams` whose pods alone run here; absent: all."
    )
    mig_profile: Literal["MIG1g", "MIG2g", "MIG3g", "MIG4g", "MIG7g"] | None = Field(
        default=None, description="Optional. Slices each GPU; A100, H100 and H200 only; fixed at creation."
    )
    mig_strategy: Literal["single", "mixed"] = Field(
        default="single",
        description="Optional. A slice is asked for as nvidia.com/gpu (single) or nvidia.com/mig-3g.40gb (mixed).",
    )
    shares: int = Field(
        default=1, ge=1, le=32, description="Optional. Pods that take turns on one GPU, without walls between them."
    )
    driver: Literal["aks", "operator"] = Field(
        default="aks", description="Optional. Who installs driver and container toolkit; fixed at creation."
    )
    os_disk_gib: int = Field(default=128, ge=30, le=2048, description="Optional. OS disk of a node.")
    labels: dict[str, str] = Field(default_factory=dict, description="Optional. Further node labels.")
    taints: tuple[Taint, ...] = Field(default=(), description="Optional. Further taints; the GPU taint is always set.")
    classification: Classification | None = Field(
        default=None, description="Optional. Lower than the environment's for lower work; absent: the environment's."
    )


class UserPoolSettings(Section):
    """One AKS pool for workloads without a GPU."""

    vm_size: VmSize = Field(description="Required. A size without a GPU that the region offers; fixed at creation.")
    min_count: int = Field(default=1, ge=0, le=1000, description="Optional. 0 scales to zero when idle.")
    max_count: int = Field(ge=1, le=1000, description="Required. Bounds the cost of the pool.")
    zones: tuple[Zone, ...] = Field(default=(), description="Optional. Zones of the nodes; fixed at creation.")
    spot: Spot | None = Field(default=None, description="Optional. Absent: on-demand capacity.")
    os_disk_gib: int = Field(default=128, ge=30, le=2048, description="Optional. OS disk of a node; fixed at creation.")
    labels: dict[str, str] = Field(default_factory=dict, description="Optional. Node labels.")
    taints: tuple[Taint, ...] = Field(default=(), description="Optional. Taints; absent: any pod may run here.")
    classification: Classification | None = Field(
        default=None, description="Optional. Lower than the environment's for lower work; absent: the environment's."
    )


class ClusterSettings(Section):
    """The AKS cluster."""

    kubernetes_version: KubernetesVersion = Field(description="Required. Minor version, for example 1.35.")
    tier: Literal["Free", "Standard", "Premium"] = Field(description="Required. Standard and Premium carry an SLA.")
    support_plan: Literal["KubernetesOfficial", "AKSLongTermSupport"] = Field(
        default="KubernetesOfficial", description="Optional. Long-term support needs the tier Premium."
    )
    upgrade_channel: Literal["patch", "stable", "rapid", "node-image"] = Field(
        default="patch", description="Optional. What AKS upgrades by itself."
    )
    node_os_upgrade_channel: Literal["NodeImage", "SecurityPatch"] = Field(
        default="NodeImage", description="Optional. How nodes get operating-system fixes."
    )
    maintenance: MaintenanceSettings = Field(
        default=MaintenanceSettings(), description="Optional. When upgrades may run."
    )
    api_server: ApiServerSettings = Field(
        default=ApiServerSettings(), description="Optional. The way to the API server."
    )
    encryption: ClusterEncryptionSettings = Field(
        default=ClusterEncryptionSettings(), description="Optional. Keys of ours, encryption at host, FIPS."
    )
    image_cleaner_hours: int = Field(
        default=168, ge=24, le=2160, description="Optional. Hours between two removals of images that nothing uses."
    )
    advanced_networking: AdvancedNetworkingSettings | None = Field(
        default=None, description="Optional. Flow logs and host-name policies of pods; absent: off."
    )
    artifact_cache: bool = Field(
        default=False, description="Optional. Nodes get AKS's own images from the private registry, not the internet."
    )
    safeguards: SafeguardsSettings = Field(
        default=SafeguardsSettings(), description="Optional. What a manifest must say to be taken."
    )
    autoscaler: AutoscalerSettings = Field(
        default=AutoscalerSettings(), description="Optional. How pools grow and shrink."
    )
    node_provisioning: NodeProvisioningSettings | None = Field(
        default=None, description="Optional. AKS chooses node sizes itself, in place of `pools`; absent: off."
    )
    event_autoscaling: bool = Field(default=True, description="Optional. KEDA: pods scale by queue, metric or hour.")
    vertical_autoscaling: bool = Field(default=True, description="Optional. VPA: requests follow what pods use.")
    managed_prometheus: bool = Field(
        default=True, description="Optional. Metrics of the cluster go to the Azure Monitor workspace."
    )
    container_insights: bool = Field(
        default=False, description="Optional. Logs of containers go to Log Analytics, at its price for each gigabyte."
    )
    cost_analysis: bool = Field(
        default=True, description="Optional. Cost for each namespace; the tier Free has none, so there it is off."
    )
    ai_toolchain_operator: bool = Field(
        default=False, description="Optional. KAITO: serves open models on GPU nodes that it makes itself."
    )
    azure_ml: AzureMlExtensionSettings | None = Field(
        default=None, description="Optional. The cluster as a compute of Azure ML; absent: off."
    )
    gitops: GitOpsSettings | None = Field(
        default=None, description="Optional. Flux applies a folder of a repository; absent: off."
    )
    backup: ClusterBackupSettings | None = Field(
        default=None, description="Optional. Daily backups of objects and volumes; absent: off."
    )
    system_pool: SystemPoolSettings = Field(description="Required. Nodes of the cluster's own pods.")
    pools: dict[PoolName, UserPoolSettings] = Field(
        default_factory=dict, description="Optional. Pools for workloads without a GPU, by name."
    )
    gpu_pools: dict[PoolName, GpuPoolSettings] = Field(
        default_factory=dict, description="Optional. GPU pools by name; a name is at most 12 letters and digits."
    )
