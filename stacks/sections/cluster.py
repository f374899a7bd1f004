"""The AKS cluster and its pools."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from stacks.sections.section import Section
from stacks.types import KubernetesVersion, LocalTime, MaxPrice, PoolName, Taint, UtcOffset, VmSize, Zone


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
