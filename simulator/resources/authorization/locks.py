"""Microsoft.Authorization/locks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simulator.model import Model, Request
from simulator.resources.authorization.text_rules import too_long
from simulator.rule import Fault, rule

_AZURERM: Final = "azurerm 2026-08-21 management_lock (code not confirmed)"


@rule("lock-level", kind="static", code="LockLevelInvalid", source=_AZURERM)
def level_is_one_that_locks(request: Request) -> Iterator[Fault]:
    """A lock stops deletions, or every change."""
    if request.known("level") == "NotSpecified":
        yield Fault("a lock of no level", "level", "use CanNotDelete or ReadOnly")


@rule("lock-notes", kind="static", code="LockNotesTooLong", source=_AZURERM)
def notes_are_short(request: Request) -> Iterator[Fault]:
    """Notes have 512 characters."""
    yield from too_long(request, notes=512)


class Locks(Model):
    """A lock of a subscription, a group or a resource; what it stops is in `simulator.locks`."""

    token = "azure-native:authorization:ManagementLockByScope"
    rules = (level_is_one_that_locks, notes_are_short)
