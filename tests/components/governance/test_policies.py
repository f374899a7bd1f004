"""Initiatives, assignments and exemptions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from components.governance.initiative import Member, builtin, problems
from components.governance.model_residency import ModelResidency
from components.governance.model_residency import problems as residency_problems
from components.governance.policy_assignments import PolicyAssignments
from components.governance.policy_assignments import problems as assignment_problems
from facts.policy_definitions import policy_definition
from stacks.sections.governance import AssignedPolicy, ExemptionSettings
from tests.components.deployed import deployed
from tests.components.governance.examples import INITIATIVE, LOCATIONS, POLICIES, RESIDENCY, TRIAL
from tests.components.recording import one, record


def assigned(stack: str) -> dict[str, dict[str, Any]]:
    return {
        r.inputs["policyAssignmentName"].split("-cnc-")[1]: r.inputs
        for r in deployed(stack)
        if r.type.endswith(":PolicyAssignment")
    }


@pytest.mark.capability("V1")
@pytest.mark.parametrize("baseline", ["canada-federal-pbmm", "microsoft-cloud-security-benchmark", "nist-sp-800-53-r5"])
def test_prod_is_measured_against_the_current_baselines(baseline: str) -> None:
    inputs = assigned("prod")[baseline]
    assert inputs["policyDefinitionId"] == policy_definition(baseline).arm_id
    assert inputs["scope"] == "/subscriptions/00000000-0000-0000-0000-000000000000"


@pytest.mark.capability("V1")
def test_nothing_can_be_made_outside_canada() -> None:
    for purpose in ("allowed-locations", "allowed-locations-of-groups"):
        inputs = assigned("prod")[purpose]
        assert inputs["parameters"] == {"listOfAllowedLocations": {"value": ["canadacentral", "canadaeast"]}}
        assert inputs["enforcementMode"] == "Default"


@pytest.mark.capability("V1", "C3")
def test_missing_tags_are_added_by_an_identity_that_can_write_tags_only() -> None:
    inputs = assigned("prod")["inherit-tags"]
    assert inputs["identity"]["type"] == "UserAssigned"
    assert inputs["location"] == "canadacentral"
    tag_contributor = "4a9ae827-6dc8-4573-8ac7-8239d42aa03f"
    roles = [
        r.inputs for r in deployed("prod") if r.type.endswith(":RoleAssignment") and "-remediation-roles-" in r.name
    ]
    assert [role["roleDefinitionId"].rpartition("/")[2] for role in roles] == [tag_contributor]


@pytest.mark.capability("C3")
def test_missing_tags_of_groups_are_reported_and_deny_nothing() -> None:
    assert assigned("prod")["require-tags"]["enforcementMode"] == "DoNotEnforce"


@pytest.mark.capability("V1")
def test_pods_outside_the_baseline_are_denied_except_in_the_platforms_own_namespaces() -> None:
    values = assigned("prod")["pod-security-baseline"]["parameters"]
    assert values["effect"] == {"value": "Deny"}
    assert {"kube-system", "gatekeeper-system", "gpu-operator"} <= set(values["excludedNamespaces"]["value"])


@pytest.mark.parametrize("stack", ["dev", "dr"])
def test_a_stack_in_another_ones_subscription_assigns_nothing(stack: str) -> None:
    kinds = {resource.type.split(":")[-1] for resource in deployed(stack)}
    assert not kinds & {
        "PolicyAssignment",
        "PolicySetDefinition",
        "Pricing",
        "SecurityContact",
        "TagInheritanceSetting",
    }


@pytest.mark.capability("V2")
def test_an_exemption_ends() -> None:
    made = record(lambda: PolicyAssignments("x", POLICIES))
    inputs = one(made, ":PolicyExemption").inputs
    assert inputs["expiresOn"] == "2027-03-01T00:00:00Z"
    assert inputs["exemptionCategory"] == "Waiver"
    assert inputs["scope"] == TRIAL.scope.id
    assert inputs["policyAssignmentId"] == "/mock/x-locations"


def test_what_is_only_reported_is_not_enforced() -> None:
    args = replace(POLICIES, assignments=(replace(LOCATIONS, enforced=False),))
    assert (
        one(record(lambda: PolicyAssignments("x", args)), ":PolicyAssignment").inputs["enforcementMode"]
        == "DoNotEnforce"
    )


def test_an_exemption_from_nothing_is_a_problem() -> None:
    args = replace(POLICIES, exemptions=(replace(TRIAL, assignment="other"),))
    assert len(assignment_problems(args)) == 1
    assert len(assignment_problems(replace(POLICIES, assignments=(LOCATIONS, LOCATIONS)))) == 1


@pytest.mark.parametrize(
    "member",
    [
        builtin("ml-idle-shutdown", {"effect": "Modify"}),
        builtin("ml-idle-shutdown", {"hours": "1"}),
        builtin("group-requires-tag", {}),
    ],
)
def test_a_value_that_azure_refuses_is_a_problem(member: Member) -> None:
    assert len(problems(replace(INITIATIVE, members=(member,)))) == 1


def test_an_initiative_of_nothing_and_two_policies_of_one_name_are_problems() -> None:
    assert problems(replace(INITIATIVE, members=())) == ["an initiative without policies does nothing"]
    assert len(problems(replace(INITIATIVE, members=INITIATIVE.members * 2))) == 1


@pytest.mark.capability("V2")
def test_no_model_may_answer_from_outside_canada() -> None:
    rule = one(record(lambda: ModelResidency("x", RESIDENCY)), ":PolicyDefinition").inputs
    # Indexed would never look at a deployment: it has neither tags nor a location.
    assert rule["mode"] == "All"
    patterns = [each["like"] for each in rule["policyRule"]["if"]["allOf"][1]["anyOf"]]
    assert patterns == ["Global*", "DataZone*"]
    assert rule["policyRule"]["then"] == {"effect": "Deny"}
    assert len(residency_problems(replace(RESIDENCY, effect="Append"))) == 1


def test_settings_can_exempt_from_what_is_assigned_and_from_nothing_else() -> None:
    assert set(get_args(AssignedPolicy)) <= set(assigned("prod"))
    exemption = {
        "assignment": "what-nobody-assigns",
        "group": "data",
        "category": "Waiver",
        "since": "2026-01-01",
        "expires_on": "2026-03-01",
        "reason": "agreed with the security team",
    }
    with pytest.raises(ValidationError, match="assignment"):
        ExemptionSettings.model_validate(exemption)
    assert ExemptionSettings.model_validate({**exemption, "assignment": "guardrails"})
