from __future__ import annotations

from dataclasses import replace

import pulumi

from components.identity.role_assignment import Grant, Principal, RoleAssignments, Scope, problems
from facts.roles import role
from tests.components.examples import ENGINEERS, GRANTS
from tests.components.recording import one, record

REGISTRY = Scope(name="registry", id="/registry")
PUSH = Grant(principal=ENGINEERS, role="AcrPush", scope=REGISTRY)


def test_a_grant_says_who_where_and_what() -> None:
    recorded = record(lambda: RoleAssignments("x", GRANTS))
    inputs = one(recorded, "authorization:RoleAssignment", "x-ra-engineers-acrpush-registry").inputs
    assert inputs["principalId"] == ENGINEERS.id
    assert inputs["principalType"] == "Group"
    assert inputs["scope"] == "/registry"
    assert inputs["roleDefinitionId"].endswith(f"/roleDefinitions/{role('AcrPush').id}")


def test_names_are_known_at_preview_and_the_same_at_up() -> None:
    def names(preview: bool) -> list[str]:
        recorded = record(lambda: RoleAssignments("x", GRANTS), preview)
        return [r.inputs["roleAssignmentName"] for r in recorded if r.type.endswith(":RoleAssignment")]

    assert names(preview=True) == names(preview=False)
    assert len(set(names(preview=False))) == len(GRANTS.grants)


def test_another_environment_has_other_names() -> None:
    def name(namespace: str) -> str:
        recorded = record(lambda: RoleAssignments("x", replace(GRANTS, namespace=namespace, grants=(PUSH,))))
        return str(one(recorded, "authorization:RoleAssignment").inputs["roleAssignmentName"])

    assert name("mlops-dev-cnc") != name("mlops-prod-cnc")


def test_the_same_grant_twice_is_a_problem() -> None:
    assert problems(replace(GRANTS, grants=(PUSH, PUSH)))[0] == "engineers-acrpush-registry is granted twice"


def test_two_groups_with_one_object_id_are_a_problem_because_azure_sees_one_grant() -> None:
    twin = replace(PUSH, principal=replace(ENGINEERS, name="admins"))
    assert problems(replace(GRANTS, grants=(PUSH, twin))) == [
        f"two groups have the object id {ENGINEERS.id}, so AcrPush at registry would be granted twice"
    ]


def test_identities_that_are_not_known_yet_are_not_taken_for_one() -> None:
    found: list[str] = []

    def program() -> None:
        unknown = pulumi.Output.from_input("an-id")
        grants = tuple(
            Grant(principal=Principal(name=name, id=unknown, type="ServicePrincipal"), role="AcrPull", scope=REGISTRY)
            for name in ("kubelet", "compute")
        )
        found.extend(problems(replace(GRANTS, grants=grants)))

    record(program)
    assert found == []
