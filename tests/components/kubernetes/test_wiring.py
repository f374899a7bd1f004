"""From settings to what is inside the cluster."""

from __future__ import annotations

import stacks
from components.kubernetes.wiring import reaches, within_reach
from stacks.sections.workloads import QueueSettings, WorkloadsSettings


def workloads(queues: QueueSettings | None) -> WorkloadsSettings:
    wanted = stacks.load("prod").workloads
    assert wanted is not None
    return wanted.model_copy(update={"queues": queues})


def test_a_quota_has_room_for_what_may_be_borrowed() -> None:
    wanted = workloads(QueueSettings(borrow=True))
    vision = within_reach(wanted, wanted.teams["vision"])
    assert (vision.cpu, vision.memory_gib) == (96 + 64 + 32, 768 + 256 + 128)
    assert vision.gpus == {"a100": 6 + 2}, "pools in which it has no share lend it nothing"


def test_without_borrowing_a_quota_is_the_teams_own_share() -> None:
    for queues in (None, QueueSettings(borrow=False)):
        wanted = workloads(queues)
        assert within_reach(wanted, wanted.teams["vision"]) == wanted.teams["vision"]


def test_who_is_let_in_is_let_out() -> None:
    teams = workloads(None).teams
    assert reaches(teams, "ml-training") == ("ml-serving",)
    assert reaches(teams, "ml-serving") == ()
