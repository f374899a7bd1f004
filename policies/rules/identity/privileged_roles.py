"""IAM-001: nobody holds a role that rules a whole subscription."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from policies.references import behind
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Scope, Severity, Verdict
from policies.rules._role_assignments import behind_scope, role_id
from policies.rules._roles import (
    ACCESS_ADMINISTRATOR,
    CONTRIBUTOR,
    GROUP,
    NAMES,
    OWNER,
    READER,
    ROLE_ADMINISTRATOR,
    SUBSCRIPTION,
    definition,
    guid,
    is_wide,
)
from policies.types import ROLE_ASSIGNMENT, ROLE_DEFINITION, ROLE_ELIGIBILITY
from policies.view import Doubt, Fault, Judged, View

# Roles that give away every right, without a limit that a condition could set: refused wherever they are.
_EVERYWHERE: Final = {OWNER: "Owner", ACCESS_ADMINISTRATOR: "User Access Administrator"}
_WIDELY: Final = {CONTRIBUTOR: "Contributor", ROLE_ADMINISTRATOR: "Role Based Access Control Administrator"}


def check(view: View, context: Context) -> Judged:
    """Two roles are given to nobody; two more only within a resource group. An eligible role is a role as well."""
    role = role_id(view, context.stack, context.resource)
    if role in _EVERYWHERE:
        yield Fault("roleDefinitionId", f"gives {_EVERYWHERE[role]}, which may give itself and others every right")
    elif role in _WIDELY and not behind_scope(context.stack, context.resource) and is_wide(view.text("scope")):
        yield Fault("scope", f"gives {_WIDELY[role]} at a subscription or wider; it must be within a resource group")
    elif role and role not in NAMES and is_wide(view.text("scope")) and not _is_ours(context):
        yield Doubt(
            "roleDefinitionId", "is of a role that neither our facts nor this stack describe (facts/roles.yaml)"
        )


def _is_ours(context: Context) -> bool:
    """Whether the stack defines the role: IAM-003 judges what it allows."""
    return any(one.type == ROLE_DEFINITION for one in behind(context.stack, context.resource, "roleDefinitionId"))


def _limited(properties: Mapping[str, Any]) -> bool:
    return guid(str(properties.get("roleDefinitionId", ""))) in _WIDELY


_SOURCE: Final = "RoleAssignment, Microsoft.Authorization 2022-04-01: Azure refuses an assignment without it"

RULE = Rule(
    id="IAM-001",
    title="Nobody holds a role that rules a whole subscription",
    severity=Severity.CRITICAL,
    category=Category.IDENTITY,
    types=(ROLE_ASSIGNMENT, ROLE_ELIGIBILITY),
    scope=Scope.STACK,
    controls=(
        "itsg33/AC-6",
        "itsg33/AC-6(5)",
        "itsg33/AC-5",
        "mcsb/PA-1",
        "mcsb/PA-7",
        "hipaa/164.312(a)(1)",
        "gdpr/32(4)",
        "gc-guardrails/2",
        "popa/10",
        "hia/60",
    ),
    equivalents={"psrule": ("Azure.RBAC.LimitOwner", "Azure.RBAC.UseRGDelegation")},
    why="One stolen sign-in then owns everything in the subscription: networks, keys, logs, and who else gets in.",
    fix="Give a narrower role, at a resource group; to give roles: Role Based Access Control Administrator, limited.",
    link="https://learn.microsoft.com/azure/role-based-access-control/best-practices",
    properties=(
        Property("roleDefinitionId", ABSENT, Verdict.PASS, _SOURCE),
        Property("scope", ABSENT, Verdict.FAIL, _SOURCE),
    ),
    check=check,
    good=(
        Example({"roleDefinitionId": definition(CONTRIBUTOR), "scope": GROUP}),
        Example({"roleDefinitionId": definition(READER), "scope": SUBSCRIPTION}),
        Example({"roleDefinitionId": definition(ROLE_ADMINISTRATOR), "scope": GROUP}, type=ROLE_ELIGIBILITY),
    ),
    bad=(
        Example({"roleDefinitionId": definition(OWNER), "scope": GROUP}, title="within a resource group"),
        Example({"roleDefinitionId": definition(ACCESS_ADMINISTRATOR.upper()), "scope": GROUP}),
        Example({"roleDefinitionId": definition(CONTRIBUTOR), "scope": f"{SUBSCRIPTION}/".upper()}),
        Example({"roleDefinitionId": SUBSCRIPTION + definition(CONTRIBUTOR), "scope": SUBSCRIPTION}),
        Example(
            {
                "roleDefinitionId": definition(ROLE_ADMINISTRATOR),
                "scope": "/providers/Microsoft.Management/managementGroups/mg",
            },
            type=ROLE_ELIGIBILITY,
        ),
        Example({"roleDefinitionId": definition(CONTRIBUTOR), "scope": "/"}, title="everything"),
    ),
    breaks=(
        Break("roleDefinitionId", definition(OWNER), companions=("IAM-005",)),
        Break("roleDefinitionId", definition(ACCESS_ADMINISTRATOR), companions=("IAM-005",)),
        Break("scope", SUBSCRIPTION, where=_limited),
        Break("scope", "/providers/Microsoft.Management/managementGroups/mg", where=_limited),
        Break("scope", "/", where=_limited),
    ),
)
