"""Roles: which rule everything, which open data, and how far a scope reaches. GUIDs are those of `facts/roles.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from facts.roles import role, roles

OWNER: Final = role("Owner").id
CONTRIBUTOR: Final = role("Contributor").id
ACCESS_ADMINISTRATOR: Final = role("User Access Administrator").id
ROLE_ADMINISTRATOR: Final = role("Role Based Access Control Administrator").id
READER: Final = role("Reader").id

# learn.microsoft.com/azure/role-based-access-control/built-in-roles/privileged (not re-read).
PRIVILEGED: Final[Mapping[str, str]] = {
    role(name).id: name
    for name in ("Owner", "Contributor", "User Access Administrator", "Role Based Access Control Administrator")
}
# Roles whose holder reads or changes what services hold, or the keys and roles that open it.
DATA_ROLES: Final = frozenset(
    {
        "Azure Event Hubs Data Owner",
        "Azure Event Hubs Data Receiver",
        "Azure Event Hubs Data Sender",
        "Cognitive Services OpenAI Contributor",
        "Cognitive Services OpenAI User",
        "Cognitive Services User",
        "Key Vault Administrator",
        "Key Vault Certificate User",
        "Key Vault Certificates Officer",
        "Key Vault Crypto Officer",
        "Key Vault Crypto Service Encryption User",
        "Key Vault Crypto User",
        "Key Vault Data Access Administrator",
        "Key Vault Secrets Officer",
        "Key Vault Secrets User",
        "Search Index Data Contributor",
        "Search Index Data Reader",
        "Storage Blob Data Contributor",
        "Storage Blob Data Owner",
        "Storage Blob Data Reader",
        "Storage File Data Privileged Contributor",
        "Storage File Data Privileged Reader",
        "Storage File Data SMB Share Contributor",
        "Storage File Data SMB Share Elevated Contributor",
        "Storage File Data SMB Share Reader",
        "Storage Queue Data Contributor",
        "Storage Queue Data Message Processor",
        "Storage Queue Data Reader",
        "Storage Table Data Contributor",
        "Storage Table Data Reader",
    }
)
NAMES: Final[Mapping[str, str]] = {row.id.lower(): name for name, row in roles().items()}
"""The names of built-in roles by GUID."""

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


def is_group(scope: str) -> bool:
    """Whether a scope is a resource group, and not something in it."""
    parts = [part.lower() for part in scope.split("/") if part]
    return len(parts) == 4 and parts[2] == "resourcegroups"
