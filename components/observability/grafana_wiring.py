"""From settings to Grafana: who may open it, and what it may read."""

from __future__ import annotations

from pulumi import Input

from components.context import Foundation
from components.identity.identity import Identity, IdentityArgs
from components.identity.role_assignment import Grant, Principal, Scope
from components.identity.wiring import grant
from components.observability.grafana import Grafana, GrafanaArgs


def build_grafana(foundation: Foundation, metrics_workspace_id: Input[str]) -> Grafana | None:
    """Grafana, once its identity may read; None where the settings want none."""
    wanted = foundation.settings.monitoring.grafana
    if wanted is None:
        return None
    who = IdentityArgs(
        placement=foundation.placement, resource_group_name=foundation.group_name("observability"), purpose="grafana"
    )
    identity = Identity(f"{foundation.prefix}-grafana-id", who, foundation.child)
    grant(foundation, "grafana-identity-roles", _reads(foundation, identity, metrics_workspace_id))
    args = GrafanaArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("observability"),
        zone_redundancy=wanted.zone_redundancy,
        identity=identity,
        metrics_workspace_id=metrics_workspace_id,
        access=foundation.access,
        log_workspace_id=foundation.log_workspace_id,
    )
    grafana = Grafana(f"{foundation.prefix}-grafana", args, foundation.child)
    grant(foundation, "grafana-people-roles", _people(foundation, grafana))
    return grafana


def _reads(foundation: Foundation, identity: Identity, metrics_workspace_id: Input[str]) -> tuple[Grant, ...]:
    """Metrics of the cluster, and metrics and logs of the group that holds the workspace."""
    principal = Principal(name="grafana", id=identity.principal_id, type="ServicePrincipal")
    return (
        Grant(
            principal=principal,
            role="Monitoring Data Reader",
            scope=Scope(name="metrics-workspace", id=metrics_workspace_id),
        ),
        Grant(principal=principal, role="Monitoring Reader", scope=foundation.group_scope("observability")),
    )


def _people(foundation: Foundation, grafana: Grafana) -> tuple[Grant, ...]:
    groups, scope = foundation.settings.access, Scope(name="grafana", id=grafana.grafana_id)
    wanted = (
        ("platform-admins", groups.platform_admins, "Grafana Admin"),
        ("ml-engineers", groups.ml_engineers, "Grafana Editor"),
        ("data-scientists", groups.data_scientists, "Grafana Viewer"),
        ("auditors", groups.auditors, "Grafana Viewer"),
    )
    return tuple(
        Grant(principal=Principal(name=name, id=group, type="Group"), role=role, scope=scope)
        for name, group, role in wanted
    )
