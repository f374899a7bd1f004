"""IAM-008: a role that opens data is given at the one thing that holds it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Scope, Severity, Verdict
from policies.rules._role_assignments import behind_scope, custom_role, opens_data, role_definition, role_id
from policies.rules._roles import DATA_ROLES, GROUP, NAMES, SUBSCRIPTION, guid, is_group, is_wide
from policies.types import RESOURCE_GROUP, ROLE_ASSIGNMENT, ROLE_ELIGIBILITY
from policies.view import Fault, Judged, View


def check(assignment: View, context: Context) -> Judged:
    """The scope of a data role is a resource or less, not a group of them."""
    name = NAMES.get(role_id(assignment, context.stack, context.resource), "")
    if opens_data(context.stack, context.resource, name) and _is_above(assignment, context):
        shown = name or "a role with data actions"
        yield Fault("scope", f"is more than one resource, for {shown}: what is added there later is open as well")


def _is_above(assignment: View, context: Context) -> bool:
    found = behind_scope(context.stack, context.resource)
    if found:
        return any(one.type == RESOURCE_GROUP for one in found)
    written = assignment.text("scope")
    return is_wide(written) or is_group(written)


def _opens_data(properties: Mapping[str, Any]) -> bool:
    return NAMES.get(guid(str(properties["roleDefinitionId"]))) in DATA_ROLES


def _at_group(properties: Mapping[str, Any]) -> bool:
    return is_group(str(properties["scope"]))


_VAULT: Final = f"{GROUP}/providers/Microsoft.KeyVault/vaults/kv"
_SOURCE: Final = "RoleAssignment, Microsoft.Authorization 2022-04-01: required"


def _assignment(name: str, scope: str = _VAULT) -> dict[str, Any]:
    return {"roleDefinitionId": role_definition(name), "scope": scope}


_OWN: Final = custom_role("urn:id", GROUP, dataActions=["Microsoft.KeyVault/vaults/secrets/getSecret/action"])

RULE = Rule(
    id="IAM-008",
    title="Roles that open data are given at one resource",
    severity=Severity.HIGH,
    category=Category.IDENTITY,
    types=(ROLE_ASSIGNMENT, ROLE_ELIGIBILITY),
    scope=Scope.STACK,
    controls=(
        "itsg33/AC-6",
        "itsg33/AC-3",
        "mcsb/PA-7",
        "hipaa/164.312(a)(1)",
        "gdpr/25",
        "gdpr/32(4)",
        "popa/10",
        "hia/60",
    ),
    why="A data role at a group opens every vault and account in it, those of next year too, which nobody reviewed.",
    fix="Give the role at the vault, account, container or key that the holder uses; one assignment for each.",
    link="https://learn.microsoft.com/azure/role-based-access-control/scope-overview",
    properties=(
        Property("roleDefinitionId", ABSENT, Verdict.PASS, _SOURCE),
        Property("scope", ABSENT, Verdict.FAIL, _SOURCE),
    ),
    check=check,
    good=(
        Example(_assignment("Key Vault Secrets User")),
        Example(_assignment("Reader", GROUP)),
        Example(_assignment("Storage Blob Data Reader", f"{GROUP}/providers/Microsoft.Storage/storageAccounts/st")),
    ),
    bad=(
        Example(_assignment("Key Vault Secrets User", GROUP)),
        Example(_assignment("Storage Blob Data Reader", f"{GROUP}/".lower())),
        Example(_assignment("Key Vault Administrator", SUBSCRIPTION)),
        Example(_OWN[1].properties, others=_OWN[:1], title="a role of ours with data actions"),
        Example(_assignment("Key Vault Administrator", GROUP), type=ROLE_ELIGIBILITY, title="for hours only"),
        Example(_assignment("Storage Blob Data Owner", "/providers/Microsoft.Management/managementGroups/m")),
    ),
    breaks=(
        Break("scope", GROUP, where=_opens_data),
        Break("roleDefinitionId", role_definition("Key Vault Secrets User"), where=_at_group),
    ),
)
