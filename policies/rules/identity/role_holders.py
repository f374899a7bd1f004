"""IAM-002: roles are held by groups and workloads, and who gives roles is limited by a condition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules.identity._roles import GROUP, READER, ROLE_ADMINISTRATOR, SUBSCRIPTION, definition, guid
from policies.types import ROLE_ASSIGNMENT
from policies.view import Judged, View


def check(view: View, _context: Context) -> Judged:
    """The kind of holder is written down and no single person; a role to give roles has a condition."""
    yield from view.must_be_one_of(
        "principalType", ("Group", "ServicePrincipal"), "as a person's roles outlive the job that they were given for"
    )
    if guid(view.text("roleDefinitionId")) == ROLE_ADMINISTRATOR:
        yield from view.must_be_set("condition", "as otherwise the holder may give everybody every role")


def _gives_roles(properties: Mapping[str, Any]) -> bool:
    return guid(str(properties.get("roleDefinitionId", ""))) == ROLE_ADMINISTRATOR


def _narrow_and_unconditional(properties: Mapping[str, Any]) -> bool:
    # At a subscription IAM-001 refuses the role as well.
    return "condition" not in properties and "/resourceGroups/" in str(properties.get("scope", ""))


_SOURCE: Final = "RoleAssignment, Microsoft.Authorization 2022-04-01"
_READER: Final = {"roleDefinitionId": definition(READER), "scope": GROUP}
_ADMINISTRATOR: Final = {
    "roleDefinitionId": definition(ROLE_ADMINISTRATOR),
    "scope": GROUP,
    "principalType": "ServicePrincipal",
    "conditionVersion": "2.0",
}

RULE = Rule(
    id="IAM-002",
    title="Roles are held by groups and workloads, and who gives roles is limited by a condition",
    severity=Severity.HIGH,
    category=Category.IDENTITY,
    types=(ROLE_ASSIGNMENT,),
    controls=(
        "itsg33/AC-2(7)",
        "itsg33/AC-6",
        "mcsb/PA-7",
        "hipaa/164.312(a)(2)(i)",
        "gdpr/32(4)",
        "gc-guardrails/2",
        "popa/10",
        "hia/60",
    ),
    equivalents={"psrule": ("Azure.RBAC.UseGroups",)},
    why="Roles of single people are forgotten when they move on; an unlimited giver of roles makes itself the owner.",
    fix="Give the role to a group, set principalType, and limit a giver of roles by a condition on which and to whom.",
    link="https://learn.microsoft.com/azure/role-based-access-control/delegate-role-assignments-overview",
    properties=(
        Property("principalType", ABSENT, Verdict.FAIL, f"{_SOURCE}: Azure looks the principal up (not re-read)"),
        Property("roleDefinitionId", ABSENT, Verdict.PASS, f"{_SOURCE}: Azure refuses an assignment without it"),
        Property(
            "condition",
            ABSENT,
            Verdict.FAIL,
            f"{_SOURCE}: no condition unless one is given",
            unknown=Verdict.PASS,
        ),
    ),
    check=check,
    good=(
        Example({**_READER, "principalType": "Group"}),
        Example({**_ADMINISTRATOR, "condition": "(@Request[...] ForAnyOfAnyValues:GuidEquals {...})"}),
    ),
    bad=(
        Example({**_READER, "principalType": "User"}),
        Example(_READER, title="nobody says what the principal is"),
        Example({**_READER, "principalType": "ForeignGroup"}, title="a group of another tenant"),
        Example(_ADMINISTRATOR),
        Example({**_ADMINISTRATOR, "condition": ""}),
        Example({**_ADMINISTRATOR, "roleDefinitionId": SUBSCRIPTION + definition(ROLE_ADMINISTRATOR.upper())}),
    ),
    breaks=(
        Break("principalType", "User"),
        Break("principalType", ABSENT),
        Break("condition", ABSENT, where=_gives_roles),
        Break("condition", "", where=_gives_roles),
        Break("roleDefinitionId", definition(ROLE_ADMINISTRATOR), where=_narrow_and_unconditional),
    ),
)
