"""Budget: what an environment may cost a month, and who is told before it does.

One budget over all resource groups of the environment, at the subscription with a filter: a budget per group would
need the amount split by guess, and the group that AKS makes (where the GPU nodes are) could get none before it
exists. It alerts; it stops nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import consumption

from components import naming
from components.placement import TEAM_TAG, Placement
from components.problems import refuse

# Azure Consumption takes at most five notifications per budget (Microsoft.Consumption/budgets reference, 2024-08-01).
MAX_NOTIFICATIONS = 5


@dataclass(frozen=True, kw_only=True)
class BudgetArgs:
    """`monthly_amount` in the billing currency; thresholds in percent of it; `start_date` the first of a month.

    `team` None: everything in the groups; else only what carries its tag. Besides the `contacts`, the action groups
    are told.
    """

    placement: Placement
    subscription_id: Input[str]
    resource_group_names: Sequence[Input[str]]
    monthly_amount: int
    start_date: date
    contacts: tuple[str, ...]
    actual_thresholds: tuple[int, ...]
    forecast_thresholds: tuple[int, ...]
    action_group_ids: tuple[Input[str], ...] = ()
    team: str | None = None


def problems(args: BudgetArgs) -> list[str]:
    """Every reason why Azure would refuse the budget."""
    found = []
    if args.start_date.day != 1:
        found.append(f"start date {args.start_date}: a budget starts on the first of a month")
    count = len(set(args.actual_thresholds)) + len(set(args.forecast_thresholds))
    if not 1 <= count <= MAX_NOTIFICATIONS:
        found.append(f"{count} thresholds: a budget takes 1 to {MAX_NOTIFICATIONS}, actual and forecast together")
    return found


class Budget(ComponentResource):
    """One budget with its notifications."""

    budget_id: Output[str]

    def __init__(self, name: str, args: BudgetArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:budget:Budget", name, {}, opts)
        refuse(name, problems(args))
        made = consumption.Budget(
            f"{name}-budget",
            budget_name=naming.named("budget", args.placement, *(() if args.team is None else (args.team,))),
            scope=naming.subscription_id_path(args.subscription_id),
            category="Cost",
            amount=float(args.monthly_amount),
            time_grain="Monthly",
            # Fixed in the settings: a computed date would change the budget at every deployment.
            time_period=consumption.BudgetTimePeriodArgs(start_date=f"{args.start_date.isoformat()}T00:00:00Z"),
            filter=_filter(args),
            notifications=_notifications(args),
            opts=ResourceOptions(parent=self),
        )
        self.budget_id = made.id
        self.register_outputs({"budget_id": self.budget_id})


def _filter(args: BudgetArgs) -> consumption.BudgetFilterArgs:
    groups = consumption.BudgetComparisonExpressionArgs(
        name="ResourceGroupName", operator="In", values=list(args.resource_group_names)
    )
    if args.team is None:
        return consumption.BudgetFilterArgs(dimensions=groups)
    team = consumption.BudgetComparisonExpressionArgs(name=TEAM_TAG, operator="In", values=[args.team])
    return consumption.BudgetFilterArgs(
        and_=[
            consumption.BudgetFilterPropertiesArgs(dimensions=groups),
            consumption.BudgetFilterPropertiesArgs(tags=team),
        ]
    )


def _notifications(args: BudgetArgs) -> dict[str, consumption.NotificationArgs]:
    wanted = [("Actual", percent) for percent in args.actual_thresholds]
    wanted += [("Forecasted", percent) for percent in args.forecast_thresholds]
    return {
        f"{kind.lower()}-{percent}": consumption.NotificationArgs(
            enabled=True,
            operator="GreaterThanOrEqualTo",
            threshold=float(percent),
            threshold_type=kind,
            contact_emails=list(args.contacts),
            contact_groups=list(args.action_group_ids) or None,
        )
        for kind, percent in wanted
    }
