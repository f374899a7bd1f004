"""From settings to what is inside the cluster."""

from __future__ import annotations

import stacks
from components.kubernetes.wiring import queues, reaches, taint, tolerated, within_reach
from stacks.sections.workloads import QueueSettings, WorkloadsSettings
from stacks.types import Classification


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
    for options in (None, QueueSettings(borrow=False)):
        wanted = workloads(options)
        assert within_reach(wanted, wanted.teams["vision"]) == wanted.teams["vision"]


def test_who_is_let_in_is_let_out() -> None:
    teams = workloads(None).teams
    assert reaches(teams, "ml-training") == ("ml-serving",)
    assert reaches(teams, "ml-serving") == ()


def test_what_keeps_others_off_a_pool_is_tolerated_by_name() -> None:
    assert taint("lab=vision:NoSchedule") == {"key": "lab", "value": "vision", "effect": "NoSchedule"}
    assert tolerated("lab=vision:NoSchedule")["operator"] == "Equal"


def test_queues_know_the_taints_of_a_pool_and_where_infiniband_is() -> None:
    settings = stacks.load("prod")
    pools = dict(settings.cluster.gpu_pools)
    pools["t4"] = pools["t4"].model_copy(update={"taints": ("lab=vision:NoSchedule",)})
    pools["a100"] = pools["a100"].model_copy(update={"classification": Classification.PROTECTED_A})
    changed = settings.model_copy(update={"cluster": settings.cluster.model_copy(update={"gpu_pools": pools})})
    assert changed.workloads is not None
    flavors = queues(changed, changed.workloads, []).flavors
    level = {"key": "platform.gov/classification", "value": "protected-b", "effect": "NoSchedule"}
    assert flavors["t4"].taints == (level, taint("lab=vision:NoSchedule"))
    assert flavors["a100"].taints == ()
    assert [name for name, flavor in flavors.items() if flavor.infiniband] == ["h100ib"]
