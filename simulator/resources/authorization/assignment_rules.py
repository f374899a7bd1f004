"""What Azure refuses in a role assignment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, Final

from facts.roles import roles
from simulator.ids import key, name_of
from simulator.model import TENANT, UNKNOWN_TEXT, Request
from simulator.references import ASSIGNEE, PRINCIPAL
from simulator.rule import Fault, rule
from simulator.store import Record
from simulator.values import UNKNOWN

_GUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
# The first two parts of a GUID: 48 bits, which two roles do not share by chance.
_OWN_PART: Final = 13
_IN_SUBSCRIPTION: Final = "/subscriptions/"
_WHAT: Final = ("principalId", "roleDefinitionId", "scope")


@rule(
    "ra-name-must-be-guid",
    kind="static",
    code="InvalidRoleAssignmentId",
    source="Azure/azure-quickstart-templates#5497",
    quoted=True,
)
def name_is_a_guid(request: Request) -> Iterator[Fault]:
    """The name is a GUID."""
    if _GUID.fullmatch(request.name) is None:
        yield Fault(
            f"The role assignment ID '{request.name}' is not valid. The role assignment ID must be a GUID.",
            "roleAssignmentName",
        )


@rule(
    "ra-principal-must-be-guid",
    kind="static",
    code="InvalidPrincipalId",
    source="Azure/azure-powershell#16627, Azure/bicep#8737",
    reads=("principalId",),
    quoted=True,
)
def principal_is_a_guid(request: Request) -> Iterator[Fault]:
    """The principal is an object id, not a name, an address or a resource id."""
    principal = request.known("principalId")
    if isinstance(principal, str) and _GUID.fullmatch(principal) is None:
        yield Fault(
            f"The Principal ID '{principal}' is not valid. Principal ID must be a GUID.",
            "principalId",
            "use the principal's object id; for an identity its `principalId` output",
        )


@rule(
    "ra-role-must-be-guid",
    kind="static",
    code="InvalidRoleDefinitionId",
    source="Azure/bicep#8737",
    reads=("roleDefinitionId",),
)
def role_is_a_guid(request: Request) -> Iterator[Fault]:
    """A role is named by the id of its definition, not by its display name."""
    role = request.known("roleDefinitionId")
    if isinstance(role, str) and _GUID.fullmatch(role.rstrip("/").rsplit("/", 1)[-1]) is None:
        yield Fault(
            f"the id of the role definition, {role}, does not end in a GUID",
            "roleDefinitionId",
            "use /subscriptions/…/providers/Microsoft.Authorization/roleDefinitions/<GUID>",
        )


@rule(
    "ra-scope", kind="static", code="MissingSubscription", reads=("scope",),
    source="azure-native 3 docs, RoleAssignment scope (checked 2026-11-25; code not confirmed)",
)  # fmt: skip
def scope_is_an_id(request: Request) -> Iterator[Fault]:
    """A scope is the id of what the role is for, and ids begin with a subscription or, above these, a provider."""
    scope = request.known("scope")
    first = scope.strip("/").partition("/")[0].lower() if isinstance(scope, str) else ""
    if first not in ("", "subscriptions", "providers") and UNKNOWN_TEXT not in first:
        yield Fault(f"the scope '{scope}' is no id", "scope", "pass the `id` output of the resource or group")


@rule(
    "ra-principal-type-missing",
    kind="lifecycle",
    code="PrincipalNotFound",
    source="Azure/HubAndSpokeResearchEnclave#50",
    reads=("principalId", "principalType"),
    quoted=True,
)
def new_principal_has_a_type(request: Request) -> Iterator[Fault]:
    """The directory doesn't know yet what was made a moment ago; with a type, nobody asks it."""
    identity = _identity(request)
    if request.old is not None or request.at("principalType") is not None or identity is None:
        return
    if request.world.is_new(identity.id):
        yield Fault(
            f"Principal {request.known('principalId')} does not exist in the directory {TENANT}. Check that you have "
            "the correct principal ID. If you are creating this principal and then immediately assigning a role, this "
            "error might be related to a replication delay. In this case, set the role assignment principalType "
            "property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype",
            "principalType",
            "set principalType to ServicePrincipal",
        )


@rule(
    "ra-principal-is-client-id",
    kind="cross-resource",
    code="PrincipalNotFound",
    source="Azure/azure-sdk-for-net#1652, Azure/azure-cli#17308 (checked 2026-11-25)",
    reads=("principalId", "principalType"),
)
def principal_is_not_a_client_id(request: Request) -> Iterator[Fault]:
    """The directory knows no principal by the client id of an identity; with a type, nobody asks it."""
    principal = request.known("principalId")
    if request.old is not None or request.at("principalType") is not None:
        return
    for identity in request.world.of_type("Microsoft.ManagedIdentity/userAssignedIdentities"):
        if identity.outputs.get("clientId") == principal:
            yield Fault(
                f"Principal {principal} does not exist in the directory {TENANT}: it is the client id of {identity.id}",
                "principalId",
                "use the identity's `principalId` output",
            )


@rule(
    "ra-principal-type-differs",
    kind="cross-resource",
    code="UnmatchedPrincipalType",
    source="Azure/modern-web-app-pattern-dotnet#129",
    reads=("principalId", "principalType"),
    quoted=True,
)
def type_is_that_of_the_principal(request: Request) -> Iterator[Fault]:
    """An identity is a service principal."""
    principal_type = request.known("principalType")
    if principal_type in ("User", "Group") and _identity(request) is not None:
        yield Fault(
            f"The PrincipalId '{str(request.known('principalId')).replace('-', '')}' has type 'ServicePrincipal' , "
            f"which is different from specified PrinciaplType '{principal_type}'.",
            "principalType",
            "set it to ServicePrincipal",
        )


@rule(
    "ra-condition-version",
    kind="static",
    code="BadRequest",
    source="MicrosoftDocs/azure-docs#119449",
    reads=("condition", "conditionVersion"),
    quoted=True,
)
def condition_is_of_version_two(request: Request) -> Iterator[Fault]:
    """Conditions are written in version 2.0 of their language."""
    version = request.known("conditionVersion")
    if request.known("condition") is not None and version not in (None, "2.0"):
        yield Fault("The given role assignment condition is invalid.", "conditionVersion", "use 2.0")


@rule(
    "ra-role-change",
    kind="lifecycle",
    code="RoleAssignmentUpdateNotPermitted",
    source="learn.microsoft.com role-based-access-control/troubleshooting (2026-11-24)",
    reads=("roleDefinitionId",),
)
def role_stays(request: Request) -> Iterator[Fault]:
    """Another role. azure-native replaces an assignment for another principal or scope, but not for another role."""
    before = request.old.body.get("roleDefinitionId") if request.old is not None else None
    after = request.known("roleDefinitionId")
    if None not in (before, after) and before is not UNKNOWN and _normal(before) != _normal(after):
        yield Fault(
            f"the role of an existing assignment can't change (from {before} to {after})",
            "roleDefinitionId",
            "make a role assignment with another name",
        )


@rule(
    "ra-duplicate-assignment",
    kind="cross-resource",
    code="RoleAssignmentExists",
    source="pulumi/pulumi-azure#121",
    reads=_WHAT,
    status=HTTPStatus.CONFLICT,
    quoted=True,
)
def role_is_assigned_once(request: Request) -> Iterator[Fault]:
    """The same assignment does not exist under another name."""
    for found in request.world.pointing(ASSIGNEE, str(request.known("principalId"))):
        other = request.world.get(found)
        if other is not None and other.key != key(request.id) and _same(request, other):
            yield Fault(
                "The role assignment already exists.", "roleAssignmentName", f"remove one of the two: {other.id}"
            )


@rule(
    "ra-role-of-azure-mistyped", kind="static", code="RoleDefinitionDoesNotExist",
    source="microsoft/GitHub-Copilot-for-Azure azure-app-onboard (AcrPull with another last part); facts/roles.yaml "
    "(checked 2026-11-25)", reads=("roleDefinitionId",),
)  # fmt: skip
def role_is_spelled_to_the_end(request: Request) -> Iterator[Fault]:
    """An id that begins as that of one of Azure's roles and goes on otherwise is no role: GUIDs share no beginning."""
    role = request.known("roleDefinitionId")
    guid = role.rstrip("/").rsplit("/", 1)[-1].lower() if isinstance(role, str) else ""
    if _GUID.fullmatch(guid) is None or request.world.get(str(role)) is not None:
        return
    for meant in roles().values():
        if meant.id[:_OWN_PART] == guid[:_OWN_PART] and meant.id != guid:
            yield Fault(
                f"there is no role definition {guid}",
                "roleDefinitionId",
                f"{meant.name} is {meant.id}",
            )


@rule(
    "ra-role-not-assignable-here", kind="cross-resource", code="RoleDefinitionDoesNotExist",
    source="hashicorp/terraform-provider-azurerm docs of role_definition, assignable_scopes (checked 2026-11-25; code "
    "not confirmed)", reads=("roleDefinitionId", "scope"),
)  # fmt: skip
def role_is_assignable_here(request: Request) -> Iterator[Fault]:
    """A role of this program is assigned where it says, or below; what a management group holds isn't told by ids."""
    role, scope = key(str(request.known("roleDefinitionId"))), key(str(request.known("scope")))
    for definition in request.world.of_type("Microsoft.Authorization/roleDefinitions"):
        listed = definition.body.get("assignableScopes")
        if name_of(definition.key) != name_of(role) or not isinstance(listed, list) or not listed:
            continue
        scopes = [key(str(each)) for each in listed]
        if not all(each.startswith(_IN_SUBSCRIPTION) for each in (scope, *scopes)):
            continue
        if not any(f"{scope}/".startswith(f"{each}/") for each in scopes):
            yield Fault(
                f"the role {definition.id} can be assigned in {', '.join(scopes)}, and not in {scope}",
                "roleDefinitionId",
                "add the scope to the role's assignableScopes",
            )


def _identity(request: Request) -> Record | None:
    """The resource whose managed identity gets the role; `None` when the principal isn't one of these."""
    owners = request.world.pointing(PRINCIPAL, str(request.known("principalId")))
    return request.world.get(owners[0]) if owners else None


def _same(request: Request, other: Record) -> bool:
    return all(_normal(request.at(name)) == _normal(other.body.get(name)) for name in _WHAT)


def _normal(value: Any) -> str:
    """A built-in role is one and the same in every subscription, with and without the subscription in its id."""
    text = key(str(value))
    before, found, name = text.rpartition("/providers/microsoft.authorization/roledefinitions/")
    return found + name if found and before.count("/") <= 2 else text


ASSIGNMENT_RULES = (
    name_is_a_guid, scope_is_an_id, principal_is_a_guid, role_is_a_guid, new_principal_has_a_type,
    principal_is_not_a_client_id, type_is_that_of_the_principal, condition_is_of_version_two, role_stays,
    role_is_assigned_once, role_is_spelled_to_the_end, role_is_assignable_here,
)  # fmt: skip
