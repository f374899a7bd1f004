"""What identities, roles and budgets refuse, each beside what is just accepted."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.errors import ArmError
from simulator.values import UNKNOWN
from tests.simulator.azure import Azure
from tests.simulator.examples import EXAMPLES, IDENTITY, SUBSCRIPTION, deploy

PRINCIPAL = "00000000-0000-0000-0000-0000000000ee"


def notice(**changed: Any) -> dict[str, Any]:
    wanted = {"enabled": True, "operator": "GreaterThan", "threshold": 90, "contactEmails": ["a@example.com"]}
    return {"notifications": {"n": {**wanted, **changed}}}


def period(start: Any, end: Any = None) -> dict[str, Any]:
    return {"timePeriod": {"startDate": start, "endDate": end}}


# What is created, then what is refused with which code, then what is accepted.
Row = tuple[str, dict[str, Any], str, list[dict[str, Any]]]
OTHERS: list[tuple[str, *Row]] = [
    ("managedidentity:FederatedIdentityCredential", "mi-fic-one-audience", {"audiences": ["a", "b"]},
     "InvalidFederatedIdentityCredentialsAudienceLength", [{"audiences": UNKNOWN}]),
    ("managedidentity:FederatedIdentityCredential", "mi-fic-issuer-is-https", {"issuer": "http://x/"}, "BadRequest",
     [{"issuer": "https://y/"}, {"issuer": UNKNOWN}]),
    ("authorization:RoleAssignment", "ra-principal-must-be-guid", {"principalId": "me@example.com"},
     "InvalidPrincipalId", [{"principalId": PRINCIPAL}, {"principalId": UNKNOWN}]),
    ("authorization:RoleAssignment", "ra-role-must-be-guid",
     {"roleDefinitionId": f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/Reader"},
     "InvalidRoleDefinitionId", [{"roleDefinitionId": UNKNOWN}]),
    ("authorization:RoleAssignment", "ra-condition-version", {"condition": "x", "conditionVersion": "1.0"},
     "BadRequest", [{"condition": "x", "conditionVersion": "2.0"}, {"condition": "x"}]),
    ("consumption:Budget", "bud-name", {"budgetName": "b" * 64}, "400", [{"budgetName": "B_" + "-" * 61}]),
    ("consumption:Budget", "bud-end-after-start", period("2026-12-01T00:00:00Z", "2026-12-01"), "400",
     [period("2026-12-01", "2026-12-02T00:00:00Z")]),
    ("consumption:Budget", "bud-amount", {"amount": -1}, "400", [{"amount": 0}]),
    ("consumption:Budget", "bud-threshold-over-1000", notice(threshold=1001), "400",
     [notice(threshold=1000), notice(threshold=0), notice(threshold=UNKNOWN)]),
    ("consumption:Budget", "bud-notification-without-contact", notice(contactEmails=[]), "400",
     [notice(contactEmails=[], contactRoles=["Owner"]), notice(contactEmails=UNKNOWN)]),
]  # fmt: skip


def inputs_of(short: str, changed: dict[str, Any]) -> dict[str, Any]:
    return {**EXAMPLES[short], **changed}


@pytest.mark.parametrize(
    ("short", "rule", "bad", "code", "good"), OTHERS, ids=[f"{row[1]}-{at}" for at, row in enumerate(OTHERS)]
)
def test_a_rule_refuses_what_azure_refuses_and_no_more(
    azure: Azure, short: str, rule: str, bad: dict[str, Any], code: str, good: list[dict[str, Any]]
) -> None:
    deploy(azure, until=short)
    with pytest.raises(ArmError) as refused:
        azure.create(short, short, inputs_of(short, bad))
    assert {refusal.code for refusal in refused.value.refusals} == {code}, rule
    for changed in good:
        azure.create(short, short, inputs_of(short, changed), preview=True)


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
