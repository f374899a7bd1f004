"""Management locks: what they keep from being deleted or written, for every type.

Owns the search for locks over a scope. The lock resources themselves are as ARM's general rules have them. ARM's words:
terraform-provider-azurerm#13234 and Azure/terraform-azurerm-lz-vending#496 (read 2026-11-25).
"""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Final

from simulator.errors import Refusal
from simulator.ids import key
from simulator.store import Record
from simulator.values import UNKNOWN
from simulator.world import World

_LOCKS: Final = "microsoft.authorization/locks"
_SUFFIX: Final = "/providers/microsoft.authorization/locks/"


def delete_lock_refusals(record: Record, world: World) -> Iterator[Refusal]:
    """A lock of either level on a resource, on what holds it, or on what would go with it.

    Deleting a lock is how it is removed, so that is never refused.
    """
    if record.type.lower() == _LOCKS:
        return
    own = record.key
    scopes = [
        scope
        for lock, scope in _locks(world)
        if lock.body.get("level") in {"CanNotDelete", "ReadOnly"} and (_within(own, scope) or _within(scope, own))
    ]
    yield from _refusals(record.id, "delete", scopes)


def write_lock_refusals(resource_id: str, arm_type: str, world: World) -> Iterator[Refusal]:
    """A read-only lock on a resource or on what holds it. Locks themselves may be added below one."""
    if arm_type.lower() == _LOCKS:
        return
    own = key(resource_id)
    scopes = [scope for lock, scope in _locks(world) if lock.body.get("level") == "ReadOnly" and _within(own, scope)]
    yield from _refusals(resource_id, "write", scopes)


def _locks(world: World) -> Iterator[tuple[Record, str]]:
    """Every lock with the key of what it locks."""
    for lock in world.of_type(_LOCKS):
        scope = lock.key.rpartition(_SUFFIX)[0]
        if scope and lock.body.get("level") is not UNKNOWN:
            yield lock, scope


def _within(inner: str, outer: str) -> bool:
    return f"{inner}/".startswith(f"{outer}/")


def _refusals(resource_id: str, operation: str, scopes: list[str]) -> Iterator[Refusal]:
    if scopes:
        yield Refusal(
            "ScopeLocked",
            f"The scope '{resource_id}' cannot perform {operation} operation because following scope(s) are locked: "
            f"'{','.join(scopes)}'. Please remove the lock and try again.",
            status=HTTPStatus.CONFLICT,
            fix="remove the lock in an update of its own, then repeat this one",
        )
