"""Keys and secrets."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from stacks.sections.section import Section
from stacks.types import Guid


class ManagedHsmSettings(Section):
    """A managed HSM: hardware of our own, billed by the hour from the first one; three people must activate it."""

    administrators: tuple[Guid, ...] = Field(
        min_length=3, description="Required. Object ids of the people who take its security domain; three or more."
    )
    soft_delete_days: int = Field(default=90, ge=7, le=90, description="Optional. Can't change after creation.")


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
    managed_hsm: ManagedHsmSettings | None = Field(
        default=None, description="Optional. Absent: keys live in the vaults, in an HSM where the vault is premium."
    )
