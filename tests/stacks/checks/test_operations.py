"""Supported, observable, within the budget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from stacks.checks import Check, operations
from stacks.settings import Settings

Build = Callable[[Mapping[str, Any]], Settings]


def cluster(**changes: Any) -> dict[str, Any]:
    return {"cluster": changes}


def budget(**changes: Any) -> dict[str, Any]:
    return {"budget": changes}


RETENTION, START = "monitoring.retention_days", "budget.start_date"

GOOD = [
    (operations.kubernetes_version_is_supported, cluster(kubernetes_version="1.36")),
    (operations.kubernetes_version_is_supported, cluster(kubernetes_version="1.33", tier="Premium")),
    (operations.prod_has_an_uptime_promise, {}),
    (operations.prod_has_an_uptime_promise, {"environment": "prod", **cluster(tier="Standard")}),
    *((operations.log_retention_is_allowed, {"monitoring": {"retention_days": days}}) for days in (30, 31, 365, 730)),
    (operations.budget_starts_on_the_first, budget(start_date="2017-06-01")),
    (operations.budget_thresholds_are_in_order, budget(actual_thresholds=[50, 80], forecast_thresholds=[50, 100, 120])),
    (operations.budget_thresholds_are_in_order, budget(actual_thresholds=[], forecast_thresholds=[100])),
]

BAD = [
    (operations.kubernetes_version_is_supported, cluster(kubernetes_version="1.33"), ["cluster.kubernetes_version"]),
    (
        operations.kubernetes_version_is_supported,
        cluster(kubernetes_version="1.33", tier="Standard"),
        ["cluster.kubernetes_version"],
    ),
    (
        operations.kubernetes_version_is_supported,
        cluster(kubernetes_version="1.30", tier="Premium"),
        ["cluster.kubernetes_version"],
    ),
    (operations.kubernetes_version_is_supported, cluster(kubernetes_version="1.99"), ["cluster.kubernetes_version"]),
    (operations.prod_has_an_uptime_promise, {"environment": "prod"}, ["cluster.tier"]),
    *(
        (operations.log_retention_is_allowed, {"monitoring": {"retention_days": days}}, [RETENTION])
        for days in (32, 364, 729)
    ),
    (operations.budget_starts_on_the_first, budget(start_date="2026-12-02"), [START]),
    (operations.budget_starts_on_the_first, budget(start_date="2017-05-01"), [START]),
    (operations.budget_thresholds_are_in_order, budget(actual_thresholds=[80, 50]), ["budget.actual_thresholds"]),
    (
        operations.budget_thresholds_are_in_order,
        budget(actual_thresholds=[], forecast_thresholds=[]),
        ["budget.actual_thresholds"],
    ),
    (operations.budget_thresholds_are_in_order, budget(forecast_thresholds=[100, 100]), ["budget.forecast_thresholds"]),
    (
        operations.budget_thresholds_are_in_order,
        budget(actual_thresholds=[50, 80, 100], forecast_thresholds=[50, 80, 100]),
        ["budget.actual_thresholds"],
    ),
]


def test_every_rule_has_a_good_and_a_bad_example(rules_of: Callable[..., set[Check]]) -> None:
    assert {rule for rule, _ in GOOD} == {rule for rule, _, _ in BAD} == rules_of(operations)


@pytest.mark.parametrize(("rule", "changes"), GOOD)
def test_what_works_passes(settings_with: Build, rule: Check, changes: dict[str, Any]) -> None:
    assert not list(rule(settings_with(changes)))


@pytest.mark.parametrize(("rule", "changes", "paths"), BAD)
def test_what_would_not_work_is_found(
    settings_with: Build, at: Callable[..., list[str]], rule: Check, changes: dict[str, Any], paths: list[str]
) -> None:
    assert at(rule, settings_with(changes)) == paths


def test_the_fix_for_a_version_names_those_in_support(settings_with: Build) -> None:
    (problem,) = operations.kubernetes_version_is_supported(settings_with(cluster(kubernetes_version="1.33")))
    assert problem.fix == "Choose a version in standard support: 1.36, 1.35, 1.34. Or write `tier: Premium`."


@pytest.mark.parametrize(("days", "written"), [(32, "Write 60;"), (100, "Write 120;"), (729, "Write 730;")])
def test_the_fix_for_a_retention_loses_no_day(settings_with: Build, days: int, written: str) -> None:
    (problem,) = operations.log_retention_is_allowed(settings_with({"monitoring": {"retention_days": days}}))
    assert problem.fix.startswith(written)
