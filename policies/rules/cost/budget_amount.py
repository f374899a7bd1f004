"""COST-005: a stack has a budget, and none above what its environment may spend."""

from __future__ import annotations

from typing import Any, Final

from policies.resource import STACK, Resource, Stack
from policies.rule import Category, Context, Example, Rule, Scope, Severity, StackBreak
from policies.rules._faults import adding, without
from policies.types import BUDGET, RESOURCE_GROUP
from policies.values import UnjudgeableError
from policies.view import Doubt, Fault, Judged, View


def applies(_view: View, context: Context) -> bool:
    """Where the stack has a resource group of its own, and so something to pay."""
    return any(True for _ in context.stack.of(RESOURCE_GROUP))


def check(_view: View, context: Context) -> Judged:
    """A budget for each month, within the profile's amount."""
    most = context.profile.parameters.monthly_budget
    monthly = 0
    for budget in context.stack.of(BUDGET):
        view = budget.view()
        try:
            monthly += view.word("timeGrain", absent="") in ("monthly", "billingmonth")
            amount = view.number("amount", absent=None)
        except UnjudgeableError as error:
            yield Doubt("", f"has a budget that can't be read: {error} ({budget.name})")
            continue
        if amount is not None and amount > most:
            yield Fault("", f"has a budget of {amount:,.0f}; this environment may spend {most:,} (monthly_budget)")
    if not monthly:
        yield Fault("", "has no monthly budget (consumption:Budget)")


def _budget(amount: int, grain: str = "Monthly") -> Resource:
    return Resource(type=BUDGET, name="budget", properties={"amount": amount, "timeGrain": grain})


_GROUP: Final = Resource(type=RESOURCE_GROUP, name="data", properties={})


def _stack(*budgets: Resource, **options: Any) -> Example:
    return Example({}, others=(_GROUP, *budgets), parameters={"monthly_budget": 9000}, **options)


def _dearer(stack: Stack, _resource: Resource) -> Stack | None:
    return adding(stack, _budget(10_000_000))


RULE = Rule(
    id="COST-005",
    title="A stack has a budget, and none above what its environment may spend",
    severity=Severity.MEDIUM,
    category=Category.COST,
    types=(STACK,),
    applies=applies,
    scope=Scope.STACK,
    controls=("itsg33/SA-2",),
    parameters=("monthly_budget",),
    why="Without a budget nobody is told of anything; with one that is too large they are told when it is too late.",
    fix="Make a Budget with timeGrain Monthly and an amount within the parameter monthly_budget (settings: "
    "budget.monthly_amount).",
    link="https://learn.microsoft.com/azure/cost-management-billing/costs/tutorial-acm-create-budgets",
    check=check,
    good=(_stack(_budget(9000)), _stack(_budget(500), _budget(9000, "Annually"))),
    bad=(_stack(), _stack(_budget(9001)), _stack(_budget(500), _budget(9001)), _stack(_budget(9000, "Annually"))),
    breaks=(
        StackBreak("a budget that is too large", _dearer),
        without("no budget", lambda stack, _: list(stack.of(BUDGET))),
    ),
)
