"""The condition that keeps a role administrator from making administrators.

Owns the text of the condition. Whoever may assign roles could otherwise assign Owner to themselves.
"""

from __future__ import annotations

from facts.roles import role

PRIVILEGED = ("Owner", "User Access Administrator", "Role Based Access Control Administrator")
"""Roles that can grant roles."""


def no_privileged_roles() -> str:
    """An Azure ABAC condition: assign and remove every role but those that can grant roles.

    The form is the one that the portal writes for "all roles except privileged administrator roles"
    (learn.microsoft.com role-based-access-control/delegate-role-assignments-examples, read 2026-11-24).
    """
    ids = ", ".join(role(name).id for name in PRIVILEGED)
    write = _unless("write", f"@Request[{_ROLE}] ForAnyOfAllValues:GuidNotEquals {{{ids}}}")
    delete = _unless("delete", f"@Resource[{_ROLE}] ForAnyOfAllValues:GuidNotEquals {{{ids}}}")
    return f"{write} AND {delete}"


_ROLE = "Microsoft.Authorization/roleAssignments:RoleDefinitionId"


def _unless(verb: str, test: str) -> str:
    return f"((!(ActionMatches{{'Microsoft.Authorization/roleAssignments/{verb}'}})) OR ({test}))"
