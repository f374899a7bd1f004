"""Parts of an AKS cluster that make it grow and shrink: nodes, and pods.

Owns choices and their reasons. `components.aks.cluster` puts them together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pulumi_azure_native import containerservice as aks


@dataclass(frozen=True, kw_only=True)
class AutoscalerProfile:
    """The cluster autoscaler, for every pool."""

    expander: str
    scale_down_unneeded_minutes: int
    scale_down_after_add_minutes: int
    utilization_threshold: float
    drain_seconds: int
    keep_nodes_with_local_storage: bool


@dataclass(frozen=True, kw_only=True)
class ClusterScaling:
    """`node_provisioning`: which pools AKS adds by itself; None: it adds no nodes beyond the declared pools."""

    autoscaler: AutoscalerProfile
    node_provisioning: Literal["Auto", "None"] | None
    event_autoscaling: bool
    vertical_autoscaling: bool


def autoscaler_profile(profile: AutoscalerProfile) -> aks.ManagedClusterPropertiesAutoScalerProfileArgs:
    """AKS takes every value as a text."""
    return aks.ManagedClusterPropertiesAutoScalerProfileArgs(
        expander=profile.expander,
        scale_down_unneeded_time=f"{profile.scale_down_unneeded_minutes}m",
        scale_down_delay_after_add=f"{profile.scale_down_after_add_minutes}m",
        scale_down_utilization_threshold=f"{profile.utilization_threshold:g}",
        max_graceful_termination_sec=str(profile.drain_seconds),
        skip_nodes_with_local_storage=str(profile.keep_nodes_with_local_storage).lower(),
    )


def node_provisioning(scaling: ClusterScaling) -> aks.ManagedClusterNodeProvisioningProfileArgs | None:
    """Left out where it is off: AKS would keep a Manual that nobody asked for."""
    if scaling.node_provisioning is None:
        return None
    return aks.ManagedClusterNodeProvisioningProfileArgs(mode="Auto", default_node_pools=scaling.node_provisioning)


def workload_autoscaling(scaling: ClusterScaling) -> aks.ManagedClusterWorkloadAutoScalerProfileArgs:
    """KEDA and VPA, as add-ons that AKS keeps up to date."""
    return aks.ManagedClusterWorkloadAutoScalerProfileArgs(
        keda=aks.ManagedClusterWorkloadAutoScalerProfileKedaArgs(enabled=scaling.event_autoscaling),
        vertical_pod_autoscaler=aks.ManagedClusterWorkloadAutoScalerProfileVerticalPodAutoscalerArgs(
            enabled=scaling.vertical_autoscaling
        ),
    )
