"""Resource types as Azure Resource Manager names them."""

from __future__ import annotations


def arm_type(arm_id: str) -> str:
    """The resource type in an ARM id: `Microsoft.KeyVault/vaults`; empty where it is no id of a resource."""
    _, found, rest = arm_id.rpartition("/providers/")
    parts = rest.strip("/").split("/")
    return "/".join([parts[0], *parts[1::2]]) if found and len(parts) > 1 else ""
