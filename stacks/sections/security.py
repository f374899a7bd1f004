"""Keys and secrets."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from stacks.sections.section import Section


class KeyVaultSettings(Section):
    """The platform's key vaults: one for secrets and, where there are keys of our own, one for those."""

    sku: Literal["standard", "premium"] = Field(
        default="standard", description="Optional. premium can keep keys in an HSM."
    )
    soft_delete_days: int = Field(default=90, ge=7, le=90, description="Optional. Can't change after creation.")
    customer_keys: bool | None = Field(
        default=None,
        description="Conditional. Encrypt with keys of our own, in a vault of their own; absent: as the classification "
        "demands. Fixed once something is made.",
    )
    key_rotation_days: int = Field(
        default=365, ge=28, le=730, description="Optional. Days until the vault makes a key's next version."
    )
