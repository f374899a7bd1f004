"""What nobody may build, and that the platform itself keeps to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from components.governance import guardrails
from components.governance.initiative import problems
from tests.components.deployed import deployed
from tests.components.governance.examples import INITIATIVE, RULES

SEVEN = {
    "679ddf89-ab8f-48a5-9029-e76054077449",
    "6ddb1705-c8cf-450e-aa4b-19ad6703c440",
    "ba769a63-b8cc-4b2d-abf6-ac33c7204be8",
    "438c38d2-3772-465a-a9cc-7a6666a275ce",
    "e96a9a5f-07ca-471b-9bc5-6a0f33cbd68f",
    "5f0c7d88-c7de-45b8-ac49-db49e72eaa78",
    "12e5dd16-d201-47ff-849b-8454061c293d",
}


def inputs(kind: str) -> list[dict[str, Any]]:
    return [resource.inputs for resource in deployed("prod") if resource.type == f"azure-native:{kind}"]


@pytest.mark.capability("V2")
def test_all_seven_policies_of_azure_ml_deny() -> None:
    members = guardrails.machine_learning(RULES)
    assert {str(member.definition_id).rpartition("/")[2] for member in members} == SEVEN
    assert {member.values["effect"] for member in members} == {"Deny"}


@pytest.mark.capability("V2")
def test_the_managed_network_lets_out_what_is_approved_only() -> None:
    (member,) = (m for m in guardrails.machine_learning(RULES) if m.reference == "ml-approved-outbound")
    assert member.values["isolationMode"] == "AllowOnlyApprovedOutbound"


@pytest.mark.capability("V2")
def test_every_value_is_one_that_the_policy_takes() -> None:
    members = (*guardrails.machine_learning(RULES), *guardrails.generative_ai(RULES, "/ours"))
    assert problems(replace(INITIATIVE, members=members)) == []


@pytest.mark.parametrize(
    ("effect", "demanded", "of_keys"),
    [("Deny", True, "Deny"), ("Deny", False, "Audit"), ("Audit", False, "Audit"), ("Disabled", False, "Disabled")],
)
def test_a_missing_key_of_ours_is_denied_only_where_the_classification_demands_one(
    effect: str, demanded: bool, of_keys: str
) -> None:
    rules = replace(RULES, effect=effect, customer_keys=demanded)
    members = (*guardrails.machine_learning(rules), *guardrails.generative_ai(rules, None))
    about_keys = {m.reference: m.values["effect"] for m in members if m.reference.endswith("customer-key")}
    assert about_keys == {"ml-customer-key": of_keys, "ai-customer-key": of_keys}


@pytest.mark.capability("V2")
def test_prod_assigns_the_guardrails_enforced() -> None:
    (assigned,) = (
        a for a in inputs("authorization:PolicyAssignment") if a["policyAssignmentName"].endswith("-guardrails")
    )
    assert assigned["enforcementMode"] == "Default"
    sets = {s["policySetDefinitionName"]: s for s in inputs("authorization:PolicySetDefinition")}
    members = sets["mlops-prod-cnc-guardrails"]["policyDefinitions"]
    denied = {
        m["policyDefinitionReferenceId"] for m in members if m.get("parameters", {}).get("effect") == {"value": "Deny"}
    }
    assert len(denied) == 11


@pytest.mark.capability("V2")
def test_the_workspaces_of_prod_keep_to_the_guardrails() -> None:
    workspaces = inputs("machinelearningservices:Workspace")
    assert workspaces
    for workspace in workspaces:
        assert workspace["publicNetworkAccess"] == "Disabled"
        assert workspace["managedNetwork"]["isolationMode"] == guardrails.APPROVED_OUTBOUND
        assert workspace["primaryUserAssignedIdentity"]


@pytest.mark.capability("V2")
def test_the_computes_of_prod_keep_to_the_guardrails() -> None:
    for compute in inputs("machinelearningservices:Compute"):
        kind = compute["properties"]["computeType"]
        if kind in ("AmlCompute", "ComputeInstance"):
            assert compute["properties"]["disableLocalAuth"] is True
        if kind == "ComputeInstance":
            assert compute["properties"]["properties"]["idleTimeBeforeShutdown"]


@pytest.mark.capability("V2")
def test_the_ai_accounts_of_prod_keep_to_the_guardrails() -> None:
    for account in inputs("cognitiveservices:Account"):
        assert account["properties"]["disableLocalAuth"] is True
        assert account["properties"]["publicNetworkAccess"] == "Disabled"
    for deployment in inputs("cognitiveservices:Deployment"):
        assert not deployment["sku"]["name"].startswith(("Global", "DataZone"))
