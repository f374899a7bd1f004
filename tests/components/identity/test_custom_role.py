from __future__ import annotations

from dataclasses import replace

import pytest

from components.identity.custom_role import TOO_BROAD, CustomRole, problems
from tests.components.identity.examples import ROLE
from tests.components.recording import one, record


@pytest.mark.capability("I3")
def test_a_role_of_our_own_allows_its_actions_and_nothing_else() -> None:
    made = one(record(lambda: CustomRole("x", ROLE)), ":RoleDefinition").inputs
    assert made["permissions"] == [{"actions": ["Microsoft.ContainerService/managedClusters/start/action"]}]
    assert made["assignableScopes"] == [ROLE.scope]
    assert made["roleName"] == "mlops-dev-cnc starter"


def test_the_id_of_a_role_is_the_same_in_every_run() -> None:
    first, second = (
        one(record(lambda: CustomRole("x", ROLE), preview), ":RoleDefinition") for preview in (True, False)
    )
    assert first.inputs["roleDefinitionId"] == second.inputs["roleDefinitionId"]


@pytest.mark.parametrize("action", TOO_BROAD)
def test_a_role_as_broad_as_the_one_it_replaces_is_a_problem(action: str) -> None:
    assert len(problems(replace(ROLE, actions=(action,)))) == 1


def test_a_role_that_allows_nothing_is_a_problem() -> None:
    assert problems(replace(ROLE, actions=())) == ["a role without actions allows nothing"]
