"""The workers of apps: where they stand, and how many."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from components.serving.app_service_plan import AppServicePlan, problems
from tests.components.recording import Recorded, arm_id, one, record
from tests.components.serving.examples import PLAN


def made() -> list[Recorded]:
    return record(lambda: AppServicePlan("x", PLAN))


@pytest.mark.capability("W1")
def test_workers_run_linux_and_are_spread_over_zones() -> None:
    plan = one(made(), "web:AppServicePlan").inputs
    assert (plan["reserved"], plan["zoneRedundant"]) == (True, True)
    assert plan["sku"] == {"name": "P0v3", "tier": "Premium0V3", "capacity": 2}
    larger = one(record(lambda: AppServicePlan("x", replace(PLAN, sku="P1v3"))), "web:AppServicePlan").inputs
    assert larger["sku"]["tier"] == "PremiumV3"


@pytest.mark.capability("W2")
class TestAutoscale:
    def test_a_deployment_takes_no_instance_away(self) -> None:
        assert one(made(), "web:AppServicePlan").ignore_changes == ("sku.capacity",)

    def test_the_number_follows_the_processor_within_bounds(self) -> None:
        setting = one(made(), "monitor:AutoscaleSetting").inputs
        assert (setting["targetResourceUri"], setting["enabled"]) == (arm_id("x-asp"), True)
        (profile,) = setting["profiles"]
        assert profile["capacity"] == {"minimum": "2", "maximum": "4", "default": "2"}
        told = [(self.trigger(rule), rule["scaleAction"]["direction"]) for rule in profile["rules"]]
        assert told == [(("GreaterThan", 70), "Increase"), (("LessThan", 30), "Decrease")]
        assert {rule["metricTrigger"]["metricName"] for rule in profile["rules"]} == {"CpuPercentage"}
        assert {rule["metricTrigger"]["metricResourceUri"] for rule in profile["rules"]} == {arm_id("x-asp")}

    @staticmethod
    def trigger(rule: dict[str, Any]) -> tuple[str, int]:
        return rule["metricTrigger"]["operator"], rule["metricTrigger"]["threshold"]

    def test_one_instance_less_does_not_make_the_others_busy(self) -> None:
        """At two instances, the load of 30 % on each is 60 % on one."""
        (profile,) = one(made(), "monitor:AutoscaleSetting").inputs["profiles"]
        busy, idle = (rule["metricTrigger"]["threshold"] for rule in profile["rules"])
        assert idle * PLAN.min_instances < busy


@pytest.mark.capability("W1", "W2")
@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"min_instances": 5}, "5 to 4 instances"),
        ({"max_instances": 31}, "2 to 31 instances"),
        ({"min_instances": 1}, "1 instance in zones"),
    ],
)
def test_what_can_not_be_built_is_refused(changes: dict[str, Any], what: str) -> None:
    assert problems(PLAN) == []
    (problem,) = problems(replace(PLAN, **changes))
    assert what in problem
