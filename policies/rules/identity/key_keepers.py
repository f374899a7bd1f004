"""IAM-012: who keeps keys reads none of the data that they lock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from policies.resource import Resource, Stack
from policies.rule import (
    ABSENT,
    Category,
    Context,
    Example,
    Property,
    Rule,
    Scope,
    Severity,
    StackBreak,
    Verdict,
)
from policies.rules._faults import adding
from policies.rules._role_assignments import principal_of, role_definition, role_id, role_name, same_principal
from policies.rules._roles import DATA_ROLES, NAMES, guid
from policies.types import ROLE_ASSIGNMENT, ROLE_ELIGIBILITY
from policies.values import UnjudgeableError
from policies.view import Doubt, Fault, Judged, View

# They make, replace and delete keys, or say who does. A service that wraps with a key keeps none.
_KEEPING: Final = frozenset(
    {"Key Vault Administrator", "Key Vault Crypto Officer", "Key Vault Data Access Administrator"}
)
_READING: Final = frozenset(name for name in DATA_ROLES if not name.startswith("Key Vault"))


def check(assignment: View, context: Context) -> Judged:
    """The holder of a role that keeps keys holds no role that reads data, neither for good nor for hours."""
    stack, resource = context.stack, context.resource
    if NAMES.get(role_id(assignment, stack, resource)) not in _KEEPING:
        return
    holder = principal_of(stack, resource)
    for other in same_principal(stack, resource):
        try:
            name = role_name(stack, other)
        except UnjudgeableError as error:
            yield Doubt(error.path, f"{error.reason}, of another role of {holder} ({other.name})")
            continue
        if name in _READING:
            yield Fault("principalId", f"keeps keys and holds {name} ({other.name}) as well")


def _keeps(found: Mapping[str, Any]) -> bool:
    return NAMES.get(guid(str(found["roleDefinitionId"]))) in _KEEPING


def _reader(stack: Stack, resource: Resource) -> Stack | None:
    if not _keeps(resource.properties):
        return None
    reading = Resource(
        type=ROLE_ASSIGNMENT,
        name="reader",
        properties={**_assignment("Storage Blob Data Reader"), "principalId": resource.properties.get("principalId")},
        dependencies=resource.dependencies,
    )
    return adding(stack, reading)


def _assignment(name: str, principal: str = "a1") -> dict[str, Any]:
    return {
        "roleDefinitionId": role_definition(name),
        "principalId": f"00000000-0000-0000-0000-0000000000{principal}",
        "principalType": "Group",
    }


def _other(name: str, principal: str = "a1", type_: str = ROLE_ASSIGNMENT) -> Resource:
    return Resource(type=type_, name=name, properties=_assignment(name, principal))


_OFFICER: Final = _assignment("Key Vault Crypto Officer")
_SOURCE: Final = "RoleAssignment, Microsoft.Authorization 2022-04-01: Azure refuses an assignment without it"

RULE = Rule(
    id="IAM-012",
    title="Who keeps keys reads none of the data that they lock",
    severity=Severity.MEDIUM,
    category=Category.IDENTITY,
    types=(ROLE_ASSIGNMENT, ROLE_ELIGIBILITY),
    scope=Scope.STACK,
    controls=("itsg33/AC-5", "itsg33/SC-12", "mcsb/PA-7", "mcsb/DP-5", "hipaa/164.312(a)(1)", "gdpr/32(4)", "hia/60"),
    why="One stolen session then copies the data and destroys the key, and nobody else has to agree to either.",
    fix="Give the two roles to two groups with different members; an emergency group keeps keys and reads no data.",
    link="https://learn.microsoft.com/azure/key-vault/general/rbac-guide",
    properties=(
        Property("roleDefinitionId", ABSENT, Verdict.PASS, _SOURCE),
        Property("principalId", ABSENT, Verdict.PASS, _SOURCE),
    ),
    check=check,
    good=(
        Example(_OFFICER, others=(_other("Reader"), _other("Key Vault Reader"))),
        Example(_OFFICER, others=(_other("Storage Blob Data Reader", "a2"),), title="another group reads"),
        Example(_assignment("Key Vault Secrets User"), others=(_other("Storage Blob Data Reader"),)),
    ),
    bad=(
        Example(_OFFICER, others=(_other("Reader"), _other("Storage Blob Data Reader"))),
        Example(
            _assignment("Key Vault Administrator"),
            type=ROLE_ELIGIBILITY,
            others=(_other("Storage Blob Data Owner"),),
            title="for hours",
        ),
        Example(_OFFICER, others=(_other("Search Index Data Reader", type_=ROLE_ELIGIBILITY),)),
    ),
    breaks=(StackBreak("its holder reads blobs", _reader),),
)
