from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from components.observability.action_groups import ActionGroups, ActionGroupsArgs, Receivers, Urgency, problems
from components.observability.alert import Alert, Severity, alert_problems
from tests.components.observability.examples import ACTION_GROUPS
from tests.components.recording import Recorded, arm_id, one, record

pytestmark = pytest.mark.capability("O4")


def group(urgency: str, args: ActionGroupsArgs = ACTION_GROUPS) -> Recorded:
    return one(record(lambda: ActionGroups("x", args)), "monitor:ActionGroup", f"x-ag-{urgency}")


def test_every_receiver_gets_the_common_alert_schema() -> None:
    urgent, routine = group("urgent").inputs, group("routine").inputs
    receivers = [*urgent["emailReceivers"], *urgent["webhookReceivers"], *routine["emailReceivers"]]
    assert [each["useCommonAlertSchema"] for each in receivers] == [True] * 4
    assert [each["emailAddress"] for each in routine["emailReceivers"]] == [
        "ml-platform@gov.example",
        "second@gov.example",
    ]


def test_the_address_of_a_web_hook_is_a_secret() -> None:
    (webhook,) = group("urgent").inputs["webhookReceivers"]
    assert webhook["serviceUri"] == {
        "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",  # how Pulumi marks a secret
        "value": "https://chat.example/hook",
    }


def test_every_severity_tells_somebody_and_only_the_worst_two_wake_them() -> None:
    told: dict[Severity, str] = {}

    def program() -> None:
        made = ActionGroups("x", ACTION_GROUPS)
        for severity, group_id in made.ids.items():
            group_id.apply(partial(told.__setitem__, severity))

    record(program)
    assert set(told) == set(Severity)
    urgent = arm_id("x-ag-urgent")
    assert {severity for severity, each in told.items() if each == urgent} == {Severity.CRITICAL, Severity.ERROR}


@pytest.mark.parametrize("urgency", list(Urgency))
@pytest.mark.parametrize("environment", ["dev", "test", "prod", "dr"])
def test_a_short_name_fits_into_a_message(urgency: str, environment: str) -> None:
    placement = replace(ACTION_GROUPS.placement, environment=environment)
    assert len(group(urgency, replace(ACTION_GROUPS, placement=placement)).inputs["groupShortName"]) <= 12


@pytest.mark.parametrize(
    ("receivers", "said"),
    [
        ({}, "nobody is told of what is urgent"),
        ({Urgency.URGENT: Receivers(emails=())}, "nobody is told of what is urgent"),
        ({Urgency.NOTICE: Receivers(emails=("a@b.example", "a@b.example"))}, "an address stands twice in notice"),
        ({Urgency.NOTICE: Receivers(emails=tuple(f"{n}@b.example" for n in range(1001)))}, "1001 addresses for notice"),
    ],
)
def test_receivers_that_reach_nobody_are_a_problem(receivers: dict[Urgency, Receivers], said: str) -> None:
    assert said in "; ".join(problems(replace(ACTION_GROUPS, receivers=receivers)))


def test_a_web_hook_alone_is_enough() -> None:
    hook = Receivers(emails=(), webhook="https://chat.example/hook")
    assert problems(replace(ACTION_GROUPS, receivers=dict.fromkeys(Urgency, hook))) == []


GOOD = Alert(id="gpu-idle", severity=Severity.WARNING, what="A GPU is idle.", runbook="gpu-idle.md")


def test_an_alert_says_where_to_read_on() -> None:
    assert alert_problems(GOOD) == []
    assert GOOD.description == "A GPU is idle. Runbook: docs/runbooks/gpu-idle.md"


@pytest.mark.parametrize(
    "bad",
    [
        replace(GOOD, id="GPU_idle"),
        replace(GOOD, what="idle"),
        replace(GOOD, runbook="x"),
        replace(GOOD, runbook="a/b.md"),
    ],
)
def test_an_alert_that_nobody_could_act_on_is_a_problem(bad: Alert) -> None:
    assert len(alert_problems(bad)) == 1
