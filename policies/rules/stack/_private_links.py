"""Questions about private endpoints: of which kind a service is, and which row of the facts a group id names."""

from __future__ import annotations

from facts.private_link import PrivateLink, private_links

_SLOT = "sites-"


def arm_type(arm_id: str) -> str:
    """The resource type in an ARM id: `Microsoft.KeyVault/vaults`; empty where it is no id of a resource."""
    _, found, rest = arm_id.rpartition("/providers/")
    parts = rest.strip("/").split("/")
    return "/".join([parts[0], *parts[1::2]]) if found and len(parts) > 1 else ""


def link_of(resource_type: str, group_id: str) -> PrivateLink | None:
    """The row of a group id of a resource type, in any case; None where there is none."""
    # A slot of a web app is a group of its own, with the slot's name in it.
    wanted = "sites" if group_id.lower().startswith(_SLOT) else group_id
    for link in private_links().values():
        if link.resource_type.lower() == resource_type.lower() and link.is_spelled(wanted):
            return link
    return None
