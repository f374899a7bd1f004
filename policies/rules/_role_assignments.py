"""Role assignments: who holds which role where. What roles are stands in `policies.rules._roles`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from facts.roles import role
from policies.references import behind, dependencies
from policies.resource import Resource, Stack
from policies.rules._faults import having_properties
from policies.rules._roles import DATA_ROLES, NAMES, definition, guid
from policies.types import IDENTITY, ROLE_ASSIGNMENT, ROLE_DEFINITION, ROLE_ELIGIBILITY
from policies.values import UNKNOWN, UnjudgeableError, look_up
from policies.view import Doubt, Judged, View, guarded

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

    A principal's id is Azure's answer: the engine's dependencies tell whose it is, and after an update the id itself.
    """
    return tuple(stack.once("assignments", lambda: _by_principal(stack)).get(holder.key, ()))


def _by_principal(stack: Stack) -> Mapping[str, list[Resource]]:
    found: dict[str, list[Resource]] = {}
    ids = ((look_up(one.properties, "principalId"), one.key) for one in stack.of(IDENTITY))
    known = {arm_id.lower(): key for arm_id, key in ids if isinstance(arm_id, str)}
    for assignment in stack.of(ROLE_ASSIGNMENT):
        principals = dependencies(stack, assignment, "principalId")
        written = look_up(assignment.properties, "principalId")
        if len(principals) == 1:
            found.setdefault(principals[0].key, []).append(assignment)
        elif isinstance(written, str) and written.lower() in known:
            found.setdefault(known[written.lower()], []).append(assignment)
    return found


def opens_data(stack: Stack, assignment: Resource, name: str) -> bool:
    """Whether a role reads or changes what services hold: a built-in one of that kind, or ours with data actions.

    Raises UnjudgeableError where what a role of ours does is not known.
    """
    if name:
        return name in DATA_ROLES
    return bool(_actions(stack, assignment, "dataActions"))


def changes_resources(stack: Stack, assignment: Resource) -> bool:
    """Whether a role of ours may do more with resources than read their settings. Raises UnjudgeableError."""
    return any(not action.lower().endswith("/read") for action in _actions(stack, assignment, "actions"))


def _actions(stack: Stack, assignment: Resource, kind: str) -> list[str]:
    own = (one for one in behind(stack, assignment, "roleDefinitionId") if one.type == ROLE_DEFINITION)
    permissions = (permission for one in own for permission in one.view().each("permissions"))
    return [action for permission in permissions for action in permission.texts(kind)]


def principal_of(stack: Stack, assignment: Resource) -> str:
    """A name for whom an assignment is for: what its id depends on, else the id. Raises UnjudgeableError."""
    principals = dependencies(stack, assignment, "principalId")
    if len(principals) == 1:
        return principals[0].key
    return assignment.view().word("principalId", absent="")


def same_principal(stack: Stack, assignment: Resource) -> tuple[Resource, ...]:
    """All assignments and eligibilities of whom an assignment is for. Raises UnjudgeableError."""
    found = stack.once("principals", lambda: _by_any_principal(stack))
    return tuple(found.get(principal_of(stack, assignment), ()))


def _by_any_principal(stack: Stack) -> Mapping[str, list[Resource]]:
    found: dict[str, list[Resource]] = {}
    for assignment in stack.of(ROLE_ASSIGNMENT, ROLE_ELIGIBILITY):
        try:
            found.setdefault(principal_of(stack, assignment), []).append(assignment)
        except UnjudgeableError:
            continue  # of nobody that another assignment names
    return found


def _of_unknown_principals(stack: Stack) -> tuple[Resource, ...]:
    """Assignments of services of which nothing tells whose they are: in a template, an id or a module's output."""
    untold = (one for one in stack.of(ROLE_ASSIGNMENT) if _is_untold(stack, one))
    return stack.once("unknown principals", lambda: tuple(untold))


def _is_untold(stack: Stack, assignment: Resource) -> bool:
    people = assignment.properties.get("principalType") in {"Group", "User"}
    # A resource of Pulumi has a URN and tells what it depends on: where it names nothing, it depends on nothing.
    return not (people or assignment.urn or dependencies(stack, assignment, "principalId"))


def judged_roles(
    stack: Stack, holder: Resource, judge: Callable[[Stack, Resource, str], Judged], at: str = ""
) -> Judged:
    """What `judge` says of each assignment of a principal and its role's name; doubts of the others stand at `at`."""
    for assignment in _of_unknown_principals(stack)[:1]:
        yield Doubt(at, f"may hold further roles: {assignment.name} does not tell whose it is")
    for assignment in held_by(stack, holder):
        try:
            name = role_name(stack, assignment)
        except UnjudgeableError as error:
            yield Doubt(at, f"holds a role that {error.reason} ({assignment.name})")
            continue
        yield from guarded(judge(stack, assignment, name))


def holds(stack: Stack, holder: Resource, name: str, at: Resource) -> bool:
    """Whether a principal of the stack holds a role at a resource, or above it. Raises UnjudgeableError in doubt."""
    doubt: UnjudgeableError | None = None
    for assignment in held_by(stack, holder):
        try:
            if role_name(stack, assignment) == name and covers(stack, assignment, at):
                return True
        except UnjudgeableError as error:
            doubt = error
    for assignment in _of_unknown_principals(stack):
        if role_name(stack, assignment) == name and covers(stack, assignment, at):
            raise UnjudgeableError("principalId", f"of {assignment.name} does not tell whose role it is")
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


def with_role(stack: Stack, holder: Resource, name: str) -> Stack | None:
    """The stack with another role in the first assignment of a principal, for faults; None where it has none."""
    for assignment in held_by(stack, holder):
        return having_properties(stack, assignment, roleDefinitionId=role_definition(name))
    return None


def assignment_of(name: str, holder: str, scope: str = "") -> Resource:
    """An assignment of a role to the resource with URN `holder`, for examples."""
    properties = {"roleDefinitionId": role_definition(name), "scope": scope, "principalId": "p"}
    return Resource(type=ROLE_ASSIGNMENT, name=name, properties=properties, dependencies={"principalId": (holder,)})


def custom_role(holder: str, scope: str = "", **permission: list[str]) -> tuple[Resource, ...]:
    """A role of ours and its assignment to the resource with URN `holder`, for examples."""
    own = f"/subscriptions/s{definition('00000000-0000-0000-0000-0000000000d0')}"
    properties = {"roleDefinitionId": own, "scope": scope, "principalId": "p"}
    return (
        Resource(type=ROLE_DEFINITION, name="own", id=own, properties={"permissions": [permission]}),
        Resource(type=ROLE_ASSIGNMENT, name="own", properties=properties, dependencies={"principalId": (holder,)}),
    )
