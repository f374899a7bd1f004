"""Calendars of Azure ML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from stacks.checks import Check, schedules
from stacks.settings import Settings

pytestmark = pytest.mark.capability("M3", "M4", "L6")

Build = Callable[[Mapping[str, Any]], Settings]

LAKE = "azureml://datastores/gold/paths/credit/"
TRAINING = {"command": "x", "environment": "azureml:a:1", "cluster": "cpu", "data": LAKE, "model_folder": LAKE}
MONITOR = {
    "endpoint": "credit",
    "deployment": "blue",
    "task": "Regression",
    "reference": LAKE,
    "target_column": "price",
}
PERSON = "00000000-0000-0000-0000-0000000000e1"


def trained(cron: str) -> dict[str, Any]:
    return {"machine_learning": {"training": {"credit": {**TRAINING, "cron": cron}}}}


def watched(cron: str) -> dict[str, Any]:
    return {"machine_learning": {"monitors": {"credit": {**MONITOR, "cron": cron}}}}


def stopped(cron: str) -> dict[str, Any]:
    instance = {"vm_size": "Standard_D4ds_v5", "assigned_to": PERSON, "hours": {"start": "0 7 * * 1-5", "stop": cron}}
    return {"machine_learning": {"compute_instances": {"analyst": instance}}}


TRAINED, WATCHED, STOPPED = (
    "machine_learning.training.credit.cron",
    "machine_learning.monitors.credit.cron",
    "machine_learning.compute_instances.analyst.hours.stop",
)
GOOD = [
    *((schedules.jobs_run_on_days_that_azure_reads, build("0 2 * * 0")) for build in (trained, watched)),
    *(
        (schedules.calendars_name_times_that_exist, build(cron))
        for build in (trained, watched, stopped)
        for cron in ("59 23 * * 6", "*/15 0-6 * * *", "0,30 8,17 * * MON-fri", "0 2 1 1 0")
    ),
]
BAD = [
    (schedules.jobs_run_on_days_that_azure_reads, trained("0 2 1 * *"), [TRAINED]),
    (schedules.jobs_run_on_days_that_azure_reads, watched("0 2 * 1 *"), [WATCHED]),
    (schedules.calendars_name_times_that_exist, trained("60 24 * * 8"), [TRAINED] * 3),
    (schedules.calendars_name_times_that_exist, watched("0 0 * * MONDAY"), [WATCHED]),
    (schedules.calendars_name_times_that_exist, stopped("a 19 * * *"), [STOPPED]),
    (schedules.calendars_name_times_that_exist, stopped("0 19 * * 1-"), [STOPPED]),
    (schedules.calendars_name_times_that_exist, stopped("0 ١ * * 1"), [STOPPED]),
]


def test_every_rule_has_a_good_and_a_bad_example(rules_of: Callable[..., set[Check]]) -> None:
    assert {rule for rule, _ in GOOD} == {rule for rule, _, _ in BAD} == rules_of(schedules)


@pytest.mark.parametrize(("rule", "changes"), GOOD)
def test_what_azure_ml_reads_passes(settings_with: Build, rule: Check, changes: dict[str, Any]) -> None:
    assert not list(rule(settings_with(changes)))


@pytest.mark.parametrize(("rule", "changes", "paths"), BAD)
def test_what_it_would_ignore_or_refuse_is_found(
    settings_with: Build, at: Callable[..., list[str]], rule: Check, changes: dict[str, Any], paths: list[str]
) -> None:
    assert at(rule, settings_with(changes)) == paths
