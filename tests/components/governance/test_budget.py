from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

import stacks
from components.governance.budget import Budget, BudgetArgs, problems
from tests.components.deployed import deployed
from tests.components.examples import BUDGET
from tests.components.recording import one, record


@pytest.mark.capability("C1")
def test_one_budget_counts_every_group_and_warns_on_actual_and_forecast_cost() -> None:
    inputs = one(record(lambda: Budget("x", BUDGET)), "consumption:Budget").inputs
    assert inputs["scope"] == "/subscriptions/a-subscription"
    assert inputs["amount"] == 3000
    assert inputs["timePeriod"] == {"startDate": "2026-12-01T00:00:00Z"}
    assert inputs["filter"]["dimensions"]["values"] == ["rg-one", "rg-two"]
    notifications = inputs["notifications"]
    assert {key: (n["thresholdType"], n["threshold"]) for key, n in notifications.items()} == {
        "actual-50": ("Actual", 50),
        "actual-100": ("Actual", 100),
        "forecasted-100": ("Forecasted", 100),
    }
    assert all(n["contactEmails"] == ["ml-platform@gov.example"] for n in notifications.values())


@pytest.mark.capability("C1")
def test_an_alert_also_goes_to_the_action_groups() -> None:
    inputs = one(
        record(lambda: Budget("x", replace(BUDGET, action_group_ids=("/group",)))), "consumption:Budget"
    ).inputs
    assert all(n["contactGroups"] == ["/group"] for n in inputs["notifications"].values())


@pytest.mark.capability("C1", "C2")
def test_a_team_is_counted_by_its_tag_within_the_environments_groups() -> None:
    inputs = one(record(lambda: Budget("x", replace(BUDGET, team="health"))), "consumption:Budget").inputs
    assert inputs["budgetName"] == "budget-mlops-dev-cnc-health"
    groups, team = inputs["filter"]["and"]
    assert groups["dimensions"]["values"] == ["rg-one", "rg-two"]
    assert team["tags"] == {"name": "team", "operator": "In", "values": ["health"]}


@pytest.mark.parametrize(
    ("args", "problem"),
    [
        (replace(BUDGET, start_date=date(2026, 12, 2)), "start date 2026-12-02"),
        (replace(BUDGET, actual_thresholds=(1, 2, 3, 4, 5)), "6 thresholds"),
        (replace(BUDGET, actual_thresholds=(), forecast_thresholds=()), "0 thresholds"),
    ],
)
def test_what_azure_would_refuse_is_a_problem(args: BudgetArgs, problem: str) -> None:
    assert [found[: len(problem)] for found in problems(args)] == [problem]


def test_five_thresholds_are_allowed() -> None:
    assert problems(replace(BUDGET, actual_thresholds=(50, 75, 90, 100))) == []


@pytest.mark.capability("C1", "C2")
def test_every_team_with_a_budget_has_nodes_that_carry_its_tag() -> None:
    teams = stacks.load("prod").budget.teams
    tagged = {r.inputs["tags"].get("team") for r in deployed("prod") if r.type.endswith(":AgentPool")}
    assert teams
    assert set(teams) <= tagged
