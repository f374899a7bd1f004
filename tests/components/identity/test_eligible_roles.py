from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from components.identity.eligible_roles import EligibleRole, EligibleRoles, problems
from facts.roles import role
from tests.components.identity.examples import ADMINISTRATION, APPROVERS, ELIGIBLE, POLICY, RULES
from tests.components.recording import one, record


def rules(**changes: Any) -> dict[str, dict[str, Any]]:
    made = record(lambda: EligibleRoles("x", replace(ELIGIBLE, rules=replace(RULES, **changes))))
    return {rule["id"]: rule for rule in one(made, ":RoleManagementPolicy").inputs["rules"]}


@pytest.mark.capability("I4")
def test_an_administrator_is_eligible_for_a_year_and_holds_nothing() -> None:
    made = record(lambda: EligibleRoles("x", ELIGIBLE))
    schedule = one(made, ":PimRoleEligibilitySchedule").inputs
    assert schedule["principalId"] == ADMINISTRATION.principal.id
    assert schedule["scope"] == "/vault"
    assert schedule["roleDefinitionId"].endswith(role("Key Vault Administrator").id)
    assert schedule["scheduleInfo"] == {"expiration": {"type": "AfterDuration", "duration": "P365D"}}
    assert not [resource for resource in made if resource.type.endswith(":RoleAssignment")]


@pytest.mark.capability("I4")
def test_an_activation_ends_after_some_hours_and_asks_for_a_second_factor() -> None:
    assert rules()["Expiration_EndUser_Assignment"]["maximumDuration"] == "PT4H"
    assert rules()["Expiration_EndUser_Assignment"]["isExpirationRequired"] is True
    asked = rules()["Enablement_EndUser_Assignment"]["enabledRules"]
    assert asked == ["MultiFactorAuthentication", "Justification", "Ticketing"]
    assert "Ticketing" not in rules(ticket=False)["Enablement_EndUser_Assignment"]["enabledRules"]


@pytest.mark.capability("I4")
def test_somebody_else_agrees_to_an_activation_where_approvers_are_named() -> None:
    setting = rules()["Approval_EndUser_Assignment"]["setting"]
    assert setting["isApprovalRequired"] is True
    (stage,) = setting["approvalStages"]
    assert stage["primaryApprovers"] == [{"id": APPROVERS, "isBackup": False, "userType": "Group"}]
    assert "Approval_EndUser_Assignment" not in rules(approvers=None)


def test_the_rules_are_written_to_the_policy_that_azure_made() -> None:
    made = one(record(lambda: EligibleRoles("x", ELIGIBLE)), ":RoleManagementPolicy").inputs
    assert (made["roleManagementPolicyName"], made["scope"]) == (POLICY, "/vault")


def test_a_role_whose_policy_is_not_known_keeps_azures_rules() -> None:
    args = replace(ELIGIBLE, roles=(EligibleRole(grant=ADMINISTRATION, policy=None),))
    made = record(lambda: EligibleRoles("x", args))
    assert not [resource for resource in made if resource.type.endswith(":RoleManagementPolicy")]
    assert one(made, ":PimRoleEligibilitySchedule")


@pytest.mark.parametrize(("hours", "days", "count"), [(1, 1, 0), (24, 365, 0), (0, 365, 1), (25, 365, 1), (4, 0, 1)])
def test_what_pim_would_refuse_is_a_problem(hours: int, days: int, count: int) -> None:
    args = replace(ELIGIBLE, days=days, rules=replace(RULES, max_hours=hours))
    assert len(problems(args)) == count
