"""Questions about roles: which one an assignment gives, and how far it reaches."""

from __future__ import annotations

from typing import Final

from facts.roles import role

OWNER: Final = role("Owner").id
CONTRIBUTOR: Final = role("Contributor").id
ACCESS_ADMINISTRATOR: Final = role("User Access Administrator").id
ROLE_ADMINISTRATOR: Final = role("Role Based Access Control Administrator").id
READER: Final = role("Reader").id

SUBSCRIPTION: Final = "/subscriptions/00000000-0000-0000-0000-000000000000"
GROUP: Final = f"{SUBSCRIPTION}/resourceGroups/rg"


def definition(role_id: str) -> str:
    """The id of a built-in role as an assignment writes it."""
    return f"/providers/Microsoft.Authorization/roleDefinitions/{role_id}"


def guid(definition_id: str) -> str:
    """The GUID at the end of a role definition's id, with or without the subscription before it."""
    return definition_id.rstrip("/").rsplit("/", maxsplit=1)[-1].lower()


def is_wide(scope: str) -> bool:
    """Whether a scope is a subscription, a management group, or everything (also where none is given)."""
    parts = [part.lower() for part in scope.split("/") if part]
    return not parts or (len(parts) == 2 and parts[0] == "subscriptions") or "managementgroups" in parts


def is_above_subscription(scope: str) -> bool:
    """Whether a scope is a management group or everything."""
    return is_wide(scope) and not scope.strip("/").lower().startswith("subscriptions/")
