"""Role assignments: who holds which role where. What roles are stands in `policies.rules._roles`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from facts.roles import role
from policies.references import dependencies
from policies.resource import Resource, Stack
from policies.rules._roles import NAMES, definition, guid
from policies.types import ROLE_ASSIGNMENT, ROLE_DEFINITION
from policies.values import UNKNOWN, UnjudgeableError, look_up
from policies.view import Doubt, View

# Inputs that name what a resource lies in.
_HOLDERS: Final = ("resourceGroupName", "vaultName", "accountName", "registryName", "workspaceName")


def role_id(assignment: View, stack: Stack, resource: Resource) -> str:
    """The GUID of the assigned role; empty for a role that the stack itself defines. Raises UnjudgeableError."""
    if look_up(resource.properties, "roleDefinitionId") is UNKNOWN:
        own = dependencies(stack, resource, "roleDefinitionId")
        if own and all(one.type == ROLE_DEFINITION for one in own):
            return ""
    return guid(assignment.text("roleDefinitionId"))


def role_name(stack: Stack, assignment: Resource) -> str:
    """The name of the built-in role; empty for one that is not in the table (a custom one). Raises UnjudgeableError."""
    return NAMES.get(role_id(View(assignment.properties, {"roleDefinitionId": ""}), stack, assignment), "")


def behind_scope(stack: Stack, assignment: Resource) -> tuple[Resource, ...]:
    """What a scope that is not known yet depends on; nothing where it is known, or where nothing tells.

    Subscriptions and management groups are no resources of a stack: a scope that depends on one is narrower.
    """
    hidden = look_up(assignment.properties, "scope") is UNKNOWN
    return dependencies(stack, assignment, "scope") if hidden else ()


def held_by(stack: Stack, holder: Resource) -> tuple[Resource, ...]:
    """The assignments of a principal of the stack.

    A principal's id is Azure's answer, never an input: only the engine's dependencies tell whose it is.
    """
    return tuple(stack.once("assignments", lambda: _by_principal(stack)).get(holder.key, ()))


def _by_principal(stack: Stack) -> Mapping[str, list[Resource]]:
    found: dict[str, list[Resource]] = {}
    for assignment in stack.of(ROLE_ASSIGNMENT):
        principals = dependencies(stack, assignment, "principalId")
        if len(principals) == 1:
            found.setdefault(principals[0].key, []).append(assignment)
    return found


def roles_of(stack: Stack, holder: Resource, at: str = "") -> Iterator[tuple[Resource, str] | Doubt]:
    """Each assignment of a principal with the role's name, or a doubt that stands at the path `at`."""
    for assignment in held_by(stack, holder):
        try:
            yield assignment, role_name(stack, assignment)
        except UnjudgeableError as error:
            yield Doubt(at, f"holds a role that {error.reason} ({assignment.name})")


def holds(stack: Stack, holder: Resource, name: str, at: Resource) -> bool:
    """Whether a principal of the stack holds a role at a resource, or above it. Raises UnjudgeableError in doubt."""
    doubt: UnjudgeableError | None = None
    for assignment in held_by(stack, holder):
        try:
            if role_name(stack, assignment) == name and covers(stack, assignment, at):
                return True
        except UnjudgeableError as error:
            doubt = error
    if doubt is not None:
        raise doubt
    return False


def covers(stack: Stack, assignment: Resource, target: Resource) -> bool:
    """Whether an assignment reaches a resource: its scope is that, its parent or its group. Raises UnjudgeableError."""
    written = look_up(assignment.properties, "scope")
    if isinstance(written, str) and target.id is not None:
        own, above = target.id.lower().rstrip("/"), written.lower().rstrip("/")
        return own == above or own.startswith(f"{above}/")
    at = _scope(stack, assignment)
    return at is not None and (at is target or any(at in dependencies(stack, target, name) for name in _HOLDERS))


def _scope(stack: Stack, assignment: Resource) -> Resource | None:
    written = look_up(assignment.properties, "scope")
    if isinstance(written, str):
        return stack.with_id(written)
    found = dependencies(stack, assignment, "scope")
    if len(found) == 1:
        return found[0]
    raise UnjudgeableError("scope", "is not known yet")


def role_definition(name: str) -> str:
    """The id of a built-in role's definition, for examples."""
    return definition(role(name).id)


def assignment_of(name: str, holder: str, scope: str = "") -> Resource:
    """An assignment of a role to the resource with URN `holder`, for examples."""
    properties = {"roleDefinitionId": role_definition(name), "scope": scope, "principalId": "p"}
    return Resource(type=ROLE_ASSIGNMENT, name=name, properties=properties, dependencies={"principalId": (holder,)})
