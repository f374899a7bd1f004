"""From settings to what holds for the whole environment: names and tags, budgets, locks."""

from __future__ import annotations

from pulumi import Input

from components import naming
from components.context import Context
from components.governance.budget import Budget, BudgetArgs
from components.governance.locks import Locks, LocksArgs
from components.placement import Placement
from facts.regions import region
from stacks.settings import Settings


def tags(settings: Settings) -> dict[str, str]:
    """The tags of every resource: who answers, who pays, what it holds and where it must stay."""
    return {
        "owner": settings.owner,
        "cost-centre": settings.cost_centre,
        "environment": settings.environment.value,
        "classification": settings.classification.value,
        "data-residency": region(settings.region.value).country,
        "managed-by": "pulumi",
    }


def placement(settings: Settings) -> Placement:
    """Names, region and tags."""
    return Placement(
        workload=settings.name,
        environment=settings.environment.value,
        region=settings.region.value,
        tags=tags(settings),
        protect_stateful=settings.protect_stateful,
    )


def build_budget(context: Context) -> Budget:
    """The monthly budget of the environment's groups, and of the one that AKS makes."""
    wanted = context.settings.budget
    names: list[Input[str]] = [*context.groups.names.values(), naming.node_resource_group(context.placement)]
    args = BudgetArgs(
        placement=context.placement,
        subscription_id=context.subscription_id,
        resource_group_names=names,
        monthly_amount=wanted.monthly_amount,
        start_date=wanted.start_date,
        contacts=wanted.contacts,
        actual_thresholds=wanted.actual_thresholds,
        forecast_thresholds=wanted.forecast_thresholds,
    )
    return Budget(f"{context.prefix}-budget", args, context.child)


def build_locks(context: Context) -> Locks | None:
    """The locks, after everything that the platform has made so far; none where the settings name no group."""
    wanted = context.settings.governance.locked_groups
    if not wanted:
        return None
    args = LocksArgs(
        placement=context.placement,
        groups={purpose: context.groups.ids[purpose] for purpose in wanted},
        # Whatever is missing here could not be destroyed, so it is not a list that somebody has to keep.
        after=sorted(context.parent._childResources, key=lambda each: each._name),
    )
    return Locks(f"{context.prefix}-locks", args, context.child)
