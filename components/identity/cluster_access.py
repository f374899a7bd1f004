"""Who may do what in the cluster: teams in their namespaces, KEDA with metrics, AKS with reserved capacity.

Owns principals, scopes and roles, as `components.identity.access` does for everything else. Does not own the
assignments as resources.
"""

from __future__ import annotations

from components.identity.access import of_identity
from components.identity.identity import Identity
from components.identity.role_assignment import Grant, Principal, Scope


def team(name: str, group_id: str, cluster: Scope, namespace: Scope) -> tuple[Grant, ...]:
    """A team signs in to the cluster, and works in its own namespace only."""
    group = Principal(name=f"team-{name}", id=group_id, type="Group")
    return (
        Grant(principal=group, role="Azure Kubernetes Service Cluster User Role", scope=cluster),
        Grant(principal=group, role="Azure Kubernetes Service RBAC Writer", scope=namespace),
    )


def metrics_reader(identity: Identity, metrics: Scope) -> tuple[Grant, ...]:
    """KEDA reads the load of models."""
    return (Grant(principal=of_identity(identity), role="Monitoring Data Reader", scope=metrics),)


def reserved_capacity(control_plane: Identity, group: Scope) -> tuple[Grant, ...]:
    """What AKS asks for before it puts nodes onto reserved capacity (`use-capacity-reservation-groups.md`, 2026-08).

    The page grants the role at the resource group; at the one group of reservations it reaches nothing else.
    """
    return (Grant(principal=of_identity(control_plane), role="Contributor", scope=group),)
