"""From settings to keys and secrets."""

from __future__ import annotations

from components.context import Foundation
from components.security.key_vault import KeyVault, KeyVaultArgs


def build(foundation: Foundation) -> KeyVault:
    """The platform's vault."""
    wanted = foundation.settings.key_vault
    args = KeyVaultArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("security"),
        tenant_id=foundation.tenant_id,
        sku=wanted.sku,
        soft_delete_days=wanted.soft_delete_days,
        access=foundation.access,
        log_workspace_id=foundation.log_workspace_id,
    )
    return KeyVault(f"{foundation.prefix}-vault", args, foundation.child)
