"""What hangs on an identity made by the same update, and how many credentials an identity may have."""

from __future__ import annotations

import pytest

from simulator.errors import ArmError
from tests.simulator.azure import Azure
from tests.simulator.examples import EXAMPLES, IDENTITY, deploy


def test_a_role_for_an_identity_of_the_same_update_names_its_type(azure: Azure) -> None:
    deploy(azure, until="authorization:RoleAssignment")
    found = azure.service.store.get(IDENTITY)
    assert found is not None
    role = {**EXAMPLES["authorization:RoleAssignment"], "principalId": found.outputs["principalId"]}
    untyped = {**role, "principalType": None}
    with pytest.raises(ArmError, match="PrincipalNotFound"):
        azure.create("authorization:RoleAssignment", "role", untyped)
    with pytest.raises(ArmError, match="UnmatchedPrincipalType"):
        azure.create("authorization:RoleAssignment", "role", {**role, "principalType": "Group"})
    azure.another().create("authorization:RoleAssignment", "role", untyped, preview=True)
    azure.create("authorization:RoleAssignment", "role", role)


def test_an_identity_has_twenty_credentials(azure: Azure) -> None:
    short = "managedidentity:FederatedIdentityCredential"
    deploy(azure, until=short)
    for number in range(21):
        named = {"federatedIdentityCredentialResourceName": f"cred-{number}", "subject": f"s{number}"}
        if number == 20:
            with pytest.raises(ArmError, match="20 federated credentials already"):
                azure.create(short, f"c{number}", {**EXAMPLES[short], **named})
        else:
            azure.create(short, f"c{number}", {**EXAMPLES[short], **named})


def test_a_role_that_somebody_has_can_not_be_deleted(azure: Azure) -> None:
    short = "authorization:RoleDefinition"
    deploy(azure, until=short)
    role = azure.create(short, "role", EXAMPLES[short])
    granted = {
        **EXAMPLES["authorization:RoleAssignment"],
        "roleAssignmentName": "00000000-0000-0000-0000-0000000000f9",
        "roleDefinitionId": role.id,
    }
    given = azure.create("authorization:RoleAssignment", "given", granted)
    with pytest.raises(ArmError, match="RoleDefinitionHasAssignments"):
        azure.service.delete(role.id)
    azure.service.delete(given.id)
    azure.service.delete(role.id)
