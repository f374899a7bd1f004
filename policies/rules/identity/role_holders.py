"""IAM-002: roles are held by groups and workloads, and who gives roles is limited by a condition."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Scope, Severity, Verdict
from policies.rules._role_assignments import role_id
from policies.rules._roles import (
    ACCESS_ADMINISTRATOR,
    CONTRIBUTOR,
    GROUP,
    OWNER,
    READER,
    ROLE_ADMINISTRATOR,
    SUBSCRIPTION,
    definition,
    guid,
)
from policies.types import ROLE_ASSIGNMENT, ROLE_ELIGIBILITY
from policies.view import Doubt, Fault, Judged, View, guarded

# Whoever may give one of these gives everything.
_STRONGEST: Final = (OWNER, ACCESS_ADMINISTRATOR, ROLE_ADMINISTRATOR)
# learn.microsoft.com/azure/role-based-access-control/delegate-role-assignments-examples (not re-read).
_TEST: Final = re.compile(
    r"@(?P<of>\w+)\[Microsoft\.Authorization/roleAssignments:RoleDefinitionId\]\s*"
    r"(?P<way>\w+):Guid(?P<but>Not)?Equals\s*\{(?P<roles>[^}]*)\}",
    re.IGNORECASE,
)
# Which action a part of a condition is about; what is about none is about all.
_ACTION: Final = re.compile(r"ActionMatches\s*\{\s*'(?P<action>[^']*)'", re.IGNORECASE)
_GIVING: Final = "microsoft.authorization/roleassignments/write"
_OR: Final = re.compile(r"\bOR\b|\|\|", re.IGNORECASE)
# A role differs from each of several only with these: with "Any" it is enough to differ from one of them.
_FROM_EACH: Final = ("foranyofallvalues", "forallofallvalues")


def check(view: View, context: Context) -> Judged:
    """The kind of holder is written down and no single person; a giver of roles can't give the strongest ones."""
    if context.resource.type == ROLE_ASSIGNMENT:  # an eligible holder is always a person
        yield from view.must_be_one_of(
            "principalType", ("Group", "ServicePrincipal"), "as a person's roles outlive the job they were given for"
        )
    yield from guarded(_limits(view, context))


def _limits(view: View, context: Context) -> Judged:
    if role_id(view, context.stack, context.resource) != ROLE_ADMINISTRATOR:
        return
    condition = view.text("condition")
    # What is taken away is a resource that is there (@Resource): only of a request it is said what may be given.
    tests = [test for test in _TEST.finditer(condition) if test["of"].lower() == "request"]
    actions = [found["action"].lower() for found in _ACTION.finditer(condition)]
    if not tests or (actions and _GIVING not in actions):
        yield Fault("condition", "must say which roles may be given, as otherwise the holder gives itself any")
    elif any(_lets_strongest(test) for test in tests):
        yield Fault("condition", "lets Owner, User Access Administrator or this role itself be given")
    elif len(_OR.findall(condition)) > len(actions):
        yield Doubt("condition", "has alternatives, of which each must say which roles may be given")


def _lets_strongest(test: re.Match[str]) -> bool:
    named = sum(role in test["roles"].lower() for role in _STRONGEST)
    if test["but"]:
        return named < len(_STRONGEST) or test["way"].lower() not in _FROM_EACH
    return named > 0


def _gives_roles(properties: Mapping[str, Any]) -> bool:
    return guid(str(properties.get("roleDefinitionId", ""))) == ROLE_ADMINISTRATOR


def _narrow_and_unconditional(properties: Mapping[str, Any]) -> bool:
    # At a subscription IAM-001 refuses the role as well.
    return "condition" not in properties and "/resourceGroups/" in str(properties.get("scope", ""))


def _given(test: str, *roles: str) -> str:
    attribute = "@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]"
    writing = "!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})"
    return f"(({writing}) OR ({attribute} {test} {{{', '.join(roles)}}}))"


_LIMITED: Final = _given("ForAnyOfAllValues:GuidNotEquals", *_STRONGEST)
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
    types=(ROLE_ASSIGNMENT, ROLE_ELIGIBILITY),
    scope=Scope.STACK,
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
        Property(
            "principalType",
            ABSENT,
            Verdict.FAIL,
            f"{_SOURCE}: Azure looks the principal up (not re-read)",
            of=(ROLE_ASSIGNMENT,),
        ),
        Property("roleDefinitionId", ABSENT, Verdict.PASS, f"{_SOURCE}: Azure refuses an assignment without it"),
        Property(
            "condition",
            ABSENT,
            Verdict.FAIL,
            f"{_SOURCE}: no condition unless one is given",
        ),
    ),
    check=check,
    good=(
        Example({**_READER, "principalType": "Group"}),
        Example({**_ADMINISTRATOR, "condition": _LIMITED}, title="any but the strongest"),
        Example({**_ADMINISTRATOR, "condition": _given("ForAnyOfAnyValues:GuidEquals", READER, CONTRIBUTOR)}),
        Example({**_ADMINISTRATOR, "condition": _LIMITED}, type=ROLE_ELIGIBILITY),
    ),
    bad=(
        Example({**_READER, "principalType": "User"}),
        Example(_READER, title="nobody says what the principal is"),
        Example({**_READER, "principalType": "ForeignGroup"}, title="a group of another tenant"),
        Example(_ADMINISTRATOR),
        Example({**_ADMINISTRATOR, "condition": ""}),
        Example({**_ADMINISTRATOR, "condition": "@Principal[x] StringEquals 'y'"}, title="it says nothing of roles"),
        Example({**_ADMINISTRATOR, "condition": _given("ForAnyOfAllValues:GuidNotEquals", *_STRONGEST[:2])}),
        Example({**_ADMINISTRATOR, "condition": _given("ForAnyOfAnyValues:GuidEquals", READER, OWNER.upper())}),
        Example(
            {**_ADMINISTRATOR, "condition": _given("ForAnyOfAnyValues:GuidNotEquals", *_STRONGEST)},
            title="every role differs from one of several",
        ),
        Example(
            {**_ADMINISTRATOR, "condition": _LIMITED.replace("/write", "/delete")}, title="only what is taken away"
        ),
        Example({**_ADMINISTRATOR, "condition": _LIMITED.replace("@Request", "@Resource")}),
        Example(_ADMINISTRATOR, type=ROLE_ELIGIBILITY),
        Example({**_ADMINISTRATOR, "roleDefinitionId": SUBSCRIPTION + definition(ROLE_ADMINISTRATOR.upper())}),
    ),
    breaks=(
        Break("principalType", "User", of=(ROLE_ASSIGNMENT,), companions=("IAM-005",)),
        Break("principalType", ABSENT, of=(ROLE_ASSIGNMENT,)),
        Break("condition", ABSENT, where=_gives_roles),
        Break("condition", "", where=_gives_roles),
        Break("condition", _given("ForAnyOfAnyValues:GuidEquals", OWNER), where=_gives_roles),
        Break("condition", _given("ForAnyOfAllValues:GuidNotEquals", OWNER), where=_gives_roles),
        Break(
            "roleDefinitionId",
            definition(ROLE_ADMINISTRATOR),
            where=_narrow_and_unconditional,
            companions=("IAM-005",),
        ),
    ),
)
