"""What a pipeline may do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from components.identity import deployment_access
from components.identity.deployment_access import APPLY_ACTIONS, PLAN_ACTIONS, DeploymentScopes
from components.identity.role_assignment import Grant, Scope
from tests.components.deployed import deployed
from tests.components.examples import an_identity
from tests.components.recording import one, record

AT = DeploymentScopes(
    subscription=Scope(name="subscription", id="/subscriptions/x"),
    cluster=Scope(name="cluster", id="/cluster"),
    groups={"data": Scope(name="rg-data", id="/data"), "ml": Scope(name="rg-ml", id="/ml")},
)


def grants(of: Callable[..., tuple[Grant, ...]]) -> tuple[Grant, ...]:
    found: list[Grant] = []
    record(lambda: found.extend(of(an_identity("pipeline"), "ours", "/role", AT)))
    return tuple(found)


@pytest.mark.capability("I2")
def test_a_preview_can_change_nothing() -> None:
    assert {action.rpartition("/")[2] for action in PLAN_ACTIONS} == {"read"}
    roles = {grant.role for grant in grants(deployment_access.preview_grants)}
    assert roles == {
        "ours",
        "Reader",
        "Azure Kubernetes Service Cluster User Role",
        "Azure Kubernetes Service RBAC Reader",
    }


@pytest.mark.capability("I2")
def test_an_update_contributes_to_its_own_groups_and_never_to_the_subscription() -> None:
    found = grants(deployment_access.update_grants)
    assert {grant.scope.name for grant in found if grant.role == "Contributor"} == {"rg-data", "rg-ml"}
    assert {grant.role for grant in found if grant.scope.name == "subscription"} == {"ours"}
    assert all(grant.role != "Owner" for grant in found)


@pytest.mark.capability("I2")
@pytest.mark.parametrize("stack", ["test", "prod", "dr"])
def test_what_lies_in_no_group_of_the_stack_can_be_read_and_written_all_the_same(stack: str) -> None:
    made = deployed(stack)
    elsewhere = {
        each.type.rpartition(":")[2]
        for each in made
        if not each.type.endswith(":ResourceGroup")
        and not str(each.inputs.get("resourceGroupName", "name-of-mlops-groups")).startswith("name-of-mlops-groups")
    }
    assert elsewhere == {"FlowLog"}
    flow_logs = "Microsoft.Network/networkWatchers/flowLogs"
    assert f"{flow_logs}/read" in PLAN_ACTIONS
    assert {f"{flow_logs}/{verb}" for verb in ("read", "write", "delete")} <= set(APPLY_ACTIONS)


@pytest.mark.capability("I2")
def test_an_update_assigns_roles_but_none_that_can_assign_roles() -> None:
    granting = [
        g for g in grants(deployment_access.update_grants) if g.role == "Role Based Access Control Administrator"
    ]
    assert {grant.scope.name for grant in granting} == {"rg-data", "rg-ml"}
    assert all(grant.condition is not None and "GuidNotEquals" in grant.condition for grant in granting)


@pytest.mark.capability("I2")
@pytest.mark.parametrize("kind", ["roleAssignments", "roleDefinitions", "roleEligibility", "roleManagement", "*"])
def test_an_update_can_not_widen_its_own_rights(kind: str) -> None:
    # Whoever writes the role that they hold has every right.
    assert not [action for action in APPLY_ACTIONS if kind in action and not action.endswith("/read")]


@pytest.mark.capability("I2")
def test_previews_and_updates_of_prod_are_two_identities_of_two_environments() -> None:
    made = list(deployed("prod"))
    plan, apply = (one(made, "identity:Identity", f"mlops-{kind}") for kind in ("plan", "apply"))
    subjects = {
        who.name: {
            r.inputs["subject"].rpartition(":")[2]
            for r in made
            if r.parent == who.urn and r.type.endswith(":FederatedIdentityCredential")
        }
        for who in (plan, apply)
    }
    assert subjects == {"mlops-plan": {"prod-plan"}, "mlops-apply": {"prod"}}


def test_a_condition_reaches_azure_with_the_version_of_its_language() -> None:
    made = list(deployed("prod"))
    with_condition = [r for r in made if r.type.endswith(":RoleAssignment") and "condition" in r.inputs]
    assert with_condition
    assert {r.inputs["conditionVersion"] for r in with_condition} == {"2.0"}
