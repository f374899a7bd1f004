"""Who may do what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from stacks.checks import Check, access
from stacks.settings import Settings

Build = Callable[[Mapping[str, Any]], Settings]

EMERGENCY = "00000000-0000-0000-0000-00000000000e"
ADMINS = "00000000-0000-0000-0000-000000000000"


def github(**changes: Any) -> dict[str, Any]:
    wanted = {"owner": "gov", "repository": "ml", "plan_environment": "dev-plan", "apply_environment": "dev"}
    return {"access": {"github": {**wanted, **changes}}}


def workloads(*accounts: str) -> dict[str, Any]:
    rows = {
        f"w{index}": {"namespace": "ml", "service_account": account, "use": "training"}
        for index, account in enumerate(accounts)
    }
    return {"access": {"workloads": rows}}


def hsm(*people: str) -> dict[str, Any]:
    administrators = [f"00000000-0000-0000-0000-00000000000{each}" for each in people]
    return {"key_vault": {"managed_hsm": {"administrators": administrators}}}


def team(name: str) -> dict[str, Any]:
    return {"workloads": {"teams": {name: {"group": EMERGENCY, "cpu": 8, "memory_gib": 32}}}}


GOOD = [
    (access.previews_and_updates_are_apart, {}),
    (access.previews_and_updates_are_apart, github()),
    (access.immutable_subjects_have_both_numbers, github()),
    (access.immutable_subjects_have_both_numbers, github(owner_id=1, repository_id=2)),
    (access.emergencies_have_their_own_group, {}),
    (access.emergencies_have_their_own_group, {"access": {"break_glass": EMERGENCY}}),
    (access.groups_are_told_apart, {}),
    (access.groups_are_told_apart, {**team("ml"), "access": {"break_glass": ADMINS}}),
    (access.three_people_activate_an_hsm, {}),
    (access.three_people_activate_an_hsm, hsm("1", "2", "3")),
    (access.workloads_are_told_apart, workloads("a", "b")),
    (access.workloads_live_in_a_namespace_of_the_cluster, workloads("a")),
    (access.workloads_live_in_a_namespace_of_the_cluster, {**workloads("a"), **team("ml")}),
]
BAD = [
    (access.previews_and_updates_are_apart, github(plan_environment="dev"), ["access.github.plan_environment"]),
    (access.immutable_subjects_have_both_numbers, github(owner_id=1), ["access.github.repository_id"]),
    (access.immutable_subjects_have_both_numbers, github(repository_id=1), ["access.github.owner_id"]),
    (access.emergencies_have_their_own_group, {"access": {"break_glass": ADMINS}}, ["access.break_glass"]),
    (
        access.emergencies_have_their_own_group,
        {"access": {"break_glass": EMERGENCY, "activation": {"approvers": EMERGENCY}}},
        ["access.break_glass"],
    ),
    (access.groups_are_told_apart, {"access": {"auditors": ADMINS, "platform_admins": ADMINS}}, ["access.auditors"]),
    (
        access.groups_are_told_apart,
        {
            "access": {"break_glass": EMERGENCY},
            "workloads": {"teams": {name: {"group": EMERGENCY, "cpu": 8, "memory_gib": 32} for name in ("a", "b")}},
        },
        ["workloads.teams.a.group", "workloads.teams.b.group"],
    ),
    (access.three_people_activate_an_hsm, hsm("1", "2", "1"), ["key_vault.managed_hsm.administrators[2]"]),
    (access.workloads_are_told_apart, workloads("a", "a"), ["access.workloads.w1.service_account"]),
    (
        access.workloads_live_in_a_namespace_of_the_cluster,
        {**workloads("a"), **team("health")},
        ["access.workloads.w0.namespace"],
    ),
]


def test_every_rule_has_a_good_and_a_bad_example(rules_of: Callable[..., set[Check]]) -> None:
    assert {rule for rule, _ in GOOD} == {rule for rule, _, _ in BAD} == rules_of(access)


@pytest.mark.parametrize(("rule", "changes"), GOOD)
def test_access_that_is_apart_passes(settings_with: Build, rule: Check, changes: dict[str, Any]) -> None:
    assert not list(rule(settings_with(changes)))


@pytest.mark.capability("I1", "I2", "I4")
@pytest.mark.parametrize(("rule", "changes", "paths"), BAD)
def test_access_that_undoes_itself_is_found(
    settings_with: Build, at: Callable[..., list[str]], rule: Check, changes: dict[str, Any], paths: list[str]
) -> None:
    assert at(rule, settings_with(changes)) == paths
