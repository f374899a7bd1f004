"""What rules can't judge is neither passed nor failed: cases that no example of a rule can show."""

from __future__ import annotations

import pytest

from policies.catalogue import rule
from policies.example import run
from policies.rule import Example, Verdict
from policies.rules._roles import GROUP, ROLE_ADMINISTRATOR, SUBSCRIPTION, definition

_UNHEARD = definition("00000000-0000-0000-0000-00000000abcd")
_LIMITED = (
    "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/"
    "roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7}))"
)
_ADMINISTRATOR = {"roleDefinitionId": definition(ROLE_ADMINISTRATOR), "scope": GROUP, "principalType": "Group"}


@pytest.mark.parametrize(
    ("rule_id", "example"),
    [
        ("IAM-001", Example({"roleDefinitionId": _UNHEARD, "scope": SUBSCRIPTION}, title="a role of elsewhere")),
        ("IAM-002", Example({**_ADMINISTRATOR, "condition": f"{_LIMITED} OR (@Principal[x] StringEquals 'y')"})),
    ],
)
def test_what_could_be_anything_is_in_doubt(rule_id: str, example: Example) -> None:
    found = run(rule(rule_id), example)
    assert found is not None
    assert found.verdict is Verdict.UNKNOWN


def test_a_role_of_elsewhere_within_a_group_is_no_matter_of_the_subscription() -> None:
    found = run(rule("IAM-001"), Example({"roleDefinitionId": _UNHEARD, "scope": GROUP}))
    assert found is not None
    assert found.verdict is Verdict.PASS
