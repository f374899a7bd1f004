"""Keys and secrets."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from stacks.sections.section import Section


class KeyVaultSettings(Section):
    """The platform's key vault."""

    sku: Literal["standard", "premium"] = Field(
        default="standard", description="Optional. premium can keep keys in an HSM."
    )
    soft_delete_days: int = Field(default=90, ge=7, le=90, description="Optional. Can't change after creation.")
