"""IAM-005: people hold administrators' roles for hours, not for good."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from facts.roles import role
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Scope, Severity, Verdict
from policies.rules._role_assignments import role_definition, role_id
from policies.rules._roles import PRIVILEGED, guid
from policies.types import ROLE_ASSIGNMENT
from policies.view import Fault, Judged, View

_ADMINISTRATORS: Final = {
    **PRIVILEGED,
    **{
        role(name).id: name
        for name in (
            "Azure Kubernetes Service Cluster Admin Role",
            "Azure Kubernetes Service RBAC Cluster Admin",
            "Key Vault Administrator",
        )
    },
}


def applies(_view: View, context: Context) -> bool:
    """Where the classification demands that administrators are made eligible instead."""
    return context.profile.demands.eligible_administrators


def check(assignment: View, context: Context) -> Judged:
    """No group or user holds an administrator's role actively, but the emergency accounts."""
    name = _ADMINISTRATORS.get(role_id(assignment, context.stack, context.resource))
    if name is None or assignment.word("principalType") not in {"group", "user"}:
        return
    if assignment.word("principalId") not in context.profile.parameters.emergency_groups:
        yield Fault("principalId", f"holds {name} for good; make the group eligible (PimRoleEligibilitySchedule)")


_ADMIN: Final = role_definition("Key Vault Administrator")
_EMERGENCY: Final = {"emergency_groups": ("00000000-0000-0000-0000-0000000000be",)}


def _assignment(definition_id: str, type_: str = "Group", principal: str = "b1") -> dict[str, Any]:
    return {
        "roleDefinitionId": definition_id,
        "principalType": type_,
        "principalId": f"00000000-0000-0000-0000-0000000000{principal}",
    }


def _is_people(found: Mapping[str, Any]) -> bool:
    return str(found.get("principalType")).lower() != "serviceprincipal"


def _is_administrator(found: Mapping[str, Any]) -> bool:
    return _is_people(found) and guid(str(found.get("roleDefinitionId"))) in _ADMINISTRATORS


def _in_emergency(found: Mapping[str, Any]) -> bool:
    return str(found.get("principalId")).endswith("be")


_SOURCE: Final = "RoleAssignment, Microsoft.Authorization 2022-04-01"

RULE = Rule(
    id="IAM-005",
    title="People hold administrators' roles for hours only",
    severity=Severity.MEDIUM,
    category=Category.IDENTITY,
    types=(ROLE_ASSIGNMENT,),
    scope=Scope.STACK,
    controls=(
        "itsg33/AC-2(4)",
        "itsg33/AC-6(2)",
        "mcsb/PA-2",
        "hipaa/164.312(a)(1)",
        "gdpr/32(4)",
        "gc-guardrails/2",
        "popa/10",
        "hia/60",
    ),
    equivalents={"psrule": ("Azure.RBAC.PIM",)},
    why="A stolen session of a standing administrator is an administrator's, at any hour and without a second person.",
    fix="Take the assignment away and make the group eligible for the role, with approval and an end.",
    link="https://learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-configure",
    properties=(
        Property("roleDefinitionId", ABSENT, Verdict.PASS, f"{_SOURCE}: required"),
        Property("principalType", ABSENT, Verdict.PASS, f"{_SOURCE}: Azure looks it up (IAM-002 demands it)"),
        Property("principalId", ABSENT, Verdict.FAIL, f"{_SOURCE}: required"),
    ),
    parameters=("emergency_groups",),
    applies=applies,
    check=check,
    good=(
        Example(_assignment(_ADMIN, principal="be"), parameters=_EMERGENCY, title="the emergency accounts"),
        Example(_assignment(_ADMIN, "ServicePrincipal")),
        Example(_assignment(role_definition("Reader"))),
        Example(_assignment(_ADMIN), classification="Protected A", title="below Protected B"),
    ),
    bad=(
        Example(_assignment(_ADMIN)),
        Example(_assignment(_ADMIN.upper(), "user")),
        *(Example(_assignment(role_definition(name)), parameters=_EMERGENCY) for name in PRIVILEGED.values()),
    ),
    breaks=(
        Break("principalId", "00000000-0000-0000-0000-0000000000ff", where=_is_administrator),
        Break(
            "roleDefinitionId",
            _ADMIN,
            companions=("IAM-008", "IAM-012"),
            where=lambda found: _is_people(found) and not _in_emergency(found),
        ),
        Break(
            "principalType",
            "Group",
            where=lambda found: found["roleDefinitionId"] == _ADMIN and not _in_emergency(found),
        ),
    ),
)
