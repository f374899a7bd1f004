"""Kinds of identity that a resource of Azure has."""

from __future__ import annotations

from typing import Final

MANAGED: Final = ("UserAssigned", "SystemAssigned", "SystemAssigned, UserAssigned", "SystemAssigned,UserAssigned")
"""Kinds with a managed identity; Azure writes the last with and without a space."""
