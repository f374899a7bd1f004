"""From settings to what holds for the whole environment: names and tags, budgets, locks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pulumi import Input

from components import naming
from components.children import children
from components.context import Context, Foundation
from components.governance.budget import Budget, BudgetArgs
from components.governance.locks import Locks, LocksArgs
from components.governance.off_hours import ACTIONS, OffHours, OffHoursArgs
from components.identity.access import of_identity
from components.identity.custom_role import CustomRole, CustomRoleArgs
from components.identity.identity import Identity, IdentityArgs
from components.identity.role_assignment import Grant, RoleAssignments, Scope
from components.identity.wiring import grant
from components.placement import Placement
from stacks.settings import Settings


def placement(settings: Settings) -> Placement:
    """Names, region and tags."""
    return Placement(
        workload=settings.name,
        environment=settings.environment.value,
        region=settings.region.value,
        tags=settings.tags,
        protect_stateful=settings.protect_stateful,
    )


def build_budgets(context: Context, action_group_ids: tuple[Input[str], ...] = ()) -> Mapping[str, Budget]:
    """The monthly budget of the environment's groups and of the one that AKS makes, and one for each team in it."""
    wanted = context.settings.budget
    names: list[Input[str]] = [*context.groups.names.values(), naming.node_resource_group(context.placement)]
    if context.settings.databricks is not None:
        names.append(naming.databricks_resource_group(context.placement))
    whole = BudgetArgs(
        placement=context.placement,
        subscription_id=context.subscription_id,
        resource_group_names=names,
        monthly_amount=wanted.monthly_amount,
        start_date=wanted.start_date,
        contacts=wanted.contacts,
        action_group_ids=action_group_ids,
        actual_thresholds=wanted.actual_thresholds,
        forecast_thresholds=wanted.forecast_thresholds,
    )
    teams = {name: replace(whole, monthly_amount=amount, team=name) for name, amount in wanted.teams.items()}
    return {
        "": Budget(f"{context.prefix}-budget", whole, context.child),
        **{name: Budget(f"{context.prefix}-budget-{name}", args, context.child) for name, args in teams.items()},
    }


def build_locks(context: Context) -> Locks | None:
    """The locks, after everything that the platform has made so far; none where the settings name no group."""
    wanted = context.settings.governance.locked_groups
    if not wanted:
        return None
    args = LocksArgs(
        placement=context.placement,
        groups={purpose: context.groups.ids[purpose] for purpose in wanted},
        # Whatever is missing here could not be destroyed, so it is not a list that somebody has to keep.
        after=children(context.parent),
    )
    return Locks(f"{context.prefix}-locks", args, context.child)


def build_off_hours(foundation: Foundation, cluster_id: Input[str]) -> OffHours | None:
    """The schedules of the cluster, once their identity may start and stop it; none where it never stops."""
    wanted = foundation.settings.governance.off_hours
    if wanted is None:
        return None
    identity, rights = _starter(foundation, cluster_id)
    args = OffHoursArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("cluster"),
        cluster_id=cluster_id,
        identity=identity,
        ready=(rights,),
        days=wanted.days,
        start=wanted.start,
        stop=wanted.stop,
        time_zone=wanted.time_zone,
        log_workspace_id=foundation.log_workspace_id,
    )
    return OffHours(f"{foundation.prefix}-off-hours", args, foundation.child)


def _starter(foundation: Foundation, cluster_id: Input[str]) -> tuple[Identity, RoleAssignments]:
    """Who starts and stops the cluster, and the right to do that and nothing else."""
    who = IdentityArgs(
        placement=foundation.placement, resource_group_name=foundation.group_name("cluster"), purpose="off-hours"
    )
    identity = Identity(f"{foundation.prefix}-off-hours-id", who, foundation.child)
    role = CustomRole(
        f"{foundation.prefix}-off-hours-role",
        CustomRoleArgs(
            placement=foundation.placement,
            purpose="off hours",
            description="Starts and stops clusters, and changes nothing else.",
            actions=ACTIONS,
            scope=foundation.groups.ids["cluster"],
        ),
        foundation.child,
    )
    right = Grant(
        principal=of_identity(identity),
        scope=Scope(name="cluster", id=cluster_id),
        role=role.role_name,
        definition_id=role.role_id,
    )
    return identity, grant(foundation, "off-hours-roles", (right,))
