"""How the AKS cluster is kept: maintenance windows, autoscaling, what watches it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from stacks.sections.section import Section
from stacks.types import LocalTime, UtcOffset


class MaintenanceWindow(Section):
    """A weekly window, in local time."""

    day: Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] = Field(
        default="Sunday", description="Optional. Day of the week, in local time."
    )
    start: LocalTime = Field(default="01:00", description="Optional. HH:MM, local time.")
    duration_hours: int = Field(default=6, ge=4, le=24, description="Optional. AKS needs at least 4.")
    utc_offset: UtcOffset = Field(default="-07:00", description="Optional. Local time minus UTC; -07:00 is Alberta's.")


class Freeze(Section):
    """Days on which nothing is upgraded."""

    first: date = Field(description="Required. First day, in quotes.")
    last: date = Field(description="Required. Last day, in quotes; not before the first.")


class MaintenanceSettings(MaintenanceWindow):
    """When AKS may upgrade: Kubernetes itself in this window, the rest in their own or in the same one."""

    node_os: MaintenanceWindow | None = Field(
        default=None, description="Optional. New node images; absent: the same window."
    )
    releases: MaintenanceWindow | None = Field(
        default=None, description="Optional. AKS's weekly releases of control plane and add-ons; absent: the same."
    )
    freezes: tuple[Freeze, ...] = Field(
        default=(), description="Optional. Days without upgrades, such as a fiscal year's end; urgent fixes still come."
    )


class AutoscalerSettings(Section):
    """The cluster autoscaler: one profile for every pool."""

    expander: Literal["least-waste", "most-pods", "priority", "random"] = Field(
        default="least-waste", description="Optional. Which pool grows when several could."
    )
    scale_down_unneeded_minutes: int = Field(
        default=10, ge=1, le=1440, description="Optional. Minutes until a node that nobody needs goes."
    )
    scale_down_after_add_minutes: int = Field(
        default=10, ge=1, le=1440, description="Optional. Minutes after growth in which no node goes."
    )
    utilization_threshold: float = Field(
        default=0.5, ge=0, le=1, description="Optional. A node goes when it is used less than this share."
    )
    drain_seconds: int = Field(
        default=600, ge=0, le=86_400, description="Optional. Most time that a pod gets to end when its node goes."
    )
    keep_nodes_with_local_storage: bool = Field(
        default=False, description="Optional. true: a pod's scratch files keep its node, and its cost, for ever."
    )


class NodeProvisioningSettings(Section):
    """Node auto-provisioning: AKS chooses sizes by itself (Karpenter). Such a cluster can't be stopped."""

    default_pools: Literal["Auto", "None"] = Field(
        default="None", description="Optional. Auto: AKS adds pools of its own choice; None: only those declared."
    )


class AdvancedNetworkingSettings(Section):
    """Advanced Container Networking Services; charged for each node and hour."""

    observability: bool = Field(default=True, description="Optional. Flow metrics and logs of pods.")
    policies: Literal["FQDN", "L7", "None"] = Field(
        default="FQDN", description="Optional. What network policies may filter by, besides addresses and ports."
    )
