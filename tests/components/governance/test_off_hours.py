from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from components.governance.off_hours import ACTIONS, OffHours, OffHoursArgs, problems
from tests.components.deployed import deployed
from tests.components.governance.examples import off_hours
from tests.components.recording import Recorded, one, record


def definition(verb: str, made: Iterable[Recorded]) -> dict[str, Any]:
    found: dict[str, Any] = one(list(made), "logic:Workflow", f"x-logic-{verb}").inputs["definition"]
    return found


@pytest.mark.capability("C4")
@pytest.mark.parametrize(("verb", "hour", "minute"), [("start", 7, 0), ("stop", 19, 30)])
def test_the_clock_calls_and_nobody_else_can(verb: str, hour: int, minute: int) -> None:
    made = record(lambda: OffHours("x", off_hours()))
    triggers = definition(verb, made)["triggers"]
    assert [trigger["type"] for trigger in triggers.values()] == ["Recurrence"]
    recurrence = triggers["clock"]["recurrence"]
    assert recurrence["timeZone"] == "Mountain Standard Time"
    assert recurrence["schedule"] == {"weekDays": ["Monday", "Friday"], "hours": [hour], "minutes": [minute]}


@pytest.mark.capability("C4")
def test_the_cluster_is_stopped_as_an_identity_and_without_a_secret() -> None:
    made = record(lambda: OffHours("x", off_hours()))
    call = definition("stop", made)["actions"]["stop"]["inputs"]
    assert call["method"] == "POST"
    assert call["uri"] == "https://management.azure.com/cluster/stop?api-version=2025-09-01"
    assert call["authentication"]["type"] == "ManagedServiceIdentity"
    assert call["authentication"]["identity"] == "/mock/off-hours-id"


@pytest.mark.capability("C4", "I3")
def test_the_identity_can_start_and_stop_and_change_nothing_else() -> None:
    assert {action.rpartition("/")[2] for action in ACTIONS if action.endswith("/action")} == {"action"}
    verbs = {action.split("/")[-2] for action in ACTIONS if not action.endswith("/read")}
    assert verbs == {"start", "stop"}
    # It has its role at the cluster, where an action of anything else would be of no use.
    assert {action.partition("/")[2].split("/")[0] for action in ACTIONS} == {"managedClusters"}


@pytest.mark.capability("C4")
@pytest.mark.parametrize("verb", ["start", "stop"])
def test_a_schedule_does_not_wait_for_what_its_role_can_not_read(verb: str) -> None:
    made = record(lambda: OffHours("x", off_hours()))
    assert definition(verb, made)["actions"][verb]["operationOptions"] == "DisableAsyncPattern"


@pytest.mark.capability("C4")
def test_dev_sleeps_once_its_identity_may_stop_it() -> None:
    made = list(deployed("dev"))
    (rights,) = (r for r in made if r.type.endswith(":RoleAssignment") and "-off-hours-roles-" in r.name)
    for verb in ("start", "stop"):
        workflow = one(made, "logic:Workflow", f"mlops-off-hours-logic-{verb}")
        assert rights.urn in workflow.depends_on


@pytest.mark.parametrize("stack", ["test", "prod", "dr"])
def test_no_other_cluster_sleeps(stack: str) -> None:
    assert not [resource for resource in deployed(stack) if resource.type.endswith("logic:Workflow")]


def test_a_cluster_that_would_sleep_by_day_is_a_problem() -> None:
    found: list[list[str]] = []

    def program() -> None:
        args: OffHoursArgs = off_hours()
        found.extend(problems(each) for each in (args, replace(args, days=()), replace(args, start="20:00")))

    record(program)
    assert [len(each) for each in found] == [0, 1, 1]
