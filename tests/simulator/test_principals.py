"""Roles for what was made a moment ago: the directory does not know it yet, unless the assignment says what it is."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.errors import ArmError
from simulator.values import at
from tests.simulator.azure import GROUP, READER, Azure
from tests.simulator.examples import EXAMPLES

NAME = "00000000-0000-0000-0000-0000000000dd"
OWNERS = [
    ("managedidentity:UserAssignedIdentity", "principalId"),
    ("storage:StorageAccount", "identity.principalId"),
]


def assignment(principal: Any, **inputs: Any) -> dict[str, Any]:
    what = {"scope": GROUP, "roleAssignmentName": NAME, "roleDefinitionId": READER}
    return {**what, "principalId": principal, **inputs}


@pytest.mark.parametrize(("short", "path"), OWNERS)
def test_a_principal_of_the_same_update_needs_its_type(azure: Azure, short: str, path: str) -> None:
    principal = at(azure.create(short, short, EXAMPLES[short]).outputs, path)
    with pytest.raises(ArmError) as refused:
        azure.create("authorization:RoleAssignment", "role", assignment(principal))
    assert [refusal.code for refusal in refused.value.refusals] == ["PrincipalNotFound"]
    typed = assignment(principal, principalType="ServicePrincipal")
    azure.create("authorization:RoleAssignment", "role", typed)


@pytest.mark.parametrize(("short", "path"), OWNERS)
def test_a_principal_of_an_earlier_update_is_known_to_the_directory(azure: Azure, short: str, path: str) -> None:
    principal = at(azure.create(short, short, EXAMPLES[short]).outputs, path)
    azure.another().create("authorization:RoleAssignment", "role", assignment(principal))


@pytest.mark.parametrize(("short", "path"), OWNERS)
def test_an_identity_is_a_service_principal(azure: Azure, short: str, path: str) -> None:
    principal = at(azure.create(short, short, EXAMPLES[short]).outputs, path)
    with pytest.raises(ArmError, match="UnmatchedPrincipalType"):
        azure.create("authorization:RoleAssignment", "role", assignment(principal, principalType="Group"))


def test_whom_an_eligibility_is_for_is_not_what_the_eligibility_is(azure: Azure) -> None:
    group = "00000000-0000-0000-0000-0000000000b1"
    azure.create(
        "authorization:PimRoleEligibilitySchedule",
        "eligible",
        {"scope": GROUP, "principalId": group, "roleDefinitionId": READER},
    )
    azure.create("authorization:RoleAssignment", "role", assignment(group, principalType="Group"))
