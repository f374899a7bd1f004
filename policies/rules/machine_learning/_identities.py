"""Kinds of identity that a resource of Azure ML has."""

from __future__ import annotations

from typing import Final

USER_ASSIGNED: Final = ("UserAssigned", "SystemAssigned,UserAssigned", "SystemAssigned, UserAssigned")
"""Kinds with an identity of ours, whose roles stand in the stack; Azure writes two of them with and without a space."""
