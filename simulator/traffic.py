"""Operations under way: what Azure refuses because something else is being written at the same moment.

The engine writes at once what does not depend on each other. A program that names a parent by a plain text, or lists
children that their parent takes one at a time, works on some days only. Here each such write stays under way for a
moment, so that the other one always meets it; and the write of a parent is known from its check on, which the engine
asks for when the program declares a resource, so when everything is there that the resource waits for. A child may
come before that check; so one whose parent is nowhere waits as long for it, before its parent is taken on trust.

Not refused, because azure-native waits and tries again: parallel subnets and peerings of one network, and writes to one
storage account (`AnotherOperationInProgress`, `ReferencedResourceNotProvisioned`, `StorageAccountOperationInProgress`:
pulumi-azure-native#3653, #4340 and #4497, read 2026-11-25).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from typing import Final

from simulator.errors import ArmError, Refusal
from simulator.ids import key, name_of, parents, type_of

# How long a write stays under way. What the engine starts at the same time comes within a tenth of it, but on a machine
# that is busy with other work; who has to be sure names another number of seconds in the variable.
SECONDS: Final = 0.15
SECONDS_VARIABLE: Final = "PLATFORM_SIMULATOR_SECONDS_UNDER_WAY"


@dataclass(frozen=True)
class _Conflict:
    """ARM's answer to a second write. `{parent}` stands for the parent's id, `{name}` for its name."""

    code: str
    message: str
    status: HTTPStatus = HTTPStatus.CONFLICT


# Children that their parent takes one at a time, where azure-native doesn't try again. Sources, read 2026-11-25:
# pulumi-azure-native#4343 and Azure/bicep-registry-modules#1447; microsoft/aspire#3409 and
# terraform-provider-azurerm#22607.
_ONE_AT_A_TIME: Final[Mapping[str, _Conflict]] = {
    "microsoft.managedidentity/userassignedidentities/federatedidentitycredentials": _Conflict(
        "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity",
        "Too many Federated Identity Credentials are written concurrently for the managed identity '{parent}'. "
        "Concurrent Federated Identity Credentials writes under the same managed identity are not supported.",
    ),
    "microsoft.cognitiveservices/accounts/deployments": _Conflict(
        "RequestConflict",
        "Another operation is being performed on the parent resource '{parent}'. Please try again later.",
    ),
}
# What ARM says to a child whose parent is only being made. Sources, read 2026-11-25: terraform-provider-azurerm#532 and
# scalar-labs/scalar-terraform#292; pulumi-azure-native#903 and #699.
_BEING_MADE: Final[Mapping[str, _Conflict]] = {
    "microsoft.resources/resourcegroups": _Conflict(
        "ResourceGroupNotFound", "Resource group '{name}' could not be found.", HTTPStatus.NOT_FOUND
    ),
    "microsoft.network/virtualnetworks": _Conflict(
        "AnotherOperationInProgress", "Another operation on this or dependent resource is in progress."
    ),
}


@dataclass
class Traffic:
    """The writes of one plugin process that are under way. `seconds`: how long each that others may meet stays so."""

    seconds: float = 0.0
    _writes: dict[str, bool] = field(default_factory=dict)
    # Parents that were checked and not made yet, and what was only read: an import is checked and never made.
    _announced: set[str] = field(default_factory=set)
    _read: set[str] = field(default_factory=set)
    # Parents that are not here and that nothing made in time: made by somebody else, so nobody waits for them again.
    _trusted: set[str] = field(default_factory=set)
    _lock: threading.Condition = field(default_factory=threading.Condition, repr=False)

    def announce(self, resource_id: str) -> None:
        """A new resource was checked; its write comes next."""
        with self._lock:
            if key(resource_id) not in self._read:
                self._announced.add(key(resource_id))
                self._lock.notify_all()

    def read(self, resource_id: str) -> None:
        """A resource was read: it is there."""
        with self._lock:
            self._read.add(key(resource_id))
            self._announced.discard(key(resource_id))

    def foresee(self, resource_id: str) -> None:
        """A resource was only previewed: no write follows."""
        with self._lock:
            self._announced.discard(key(resource_id))

    @contextmanager
    def write(
        self, resource_id: str, *, creates: bool, exists: Callable[[str], bool] = lambda _: True
    ) -> Iterator[None]:
        """One write from its request to the end of the operation. `exists`: whether a parent is there.

        Raises ArmError when it meets another.
        """
        own = key(resource_id)
        with self._lock:
            if creates:
                self._await_parents(resource_id, exists)
            refusal = self._met(resource_id)
            if refusal is not None:
                raise ArmError([refusal], resource_id)
            self._announced.discard(own)
            self._writes[own] = creates
        try:
            yield
            arm_type = type_of(resource_id).lower()
            if arm_type in _ONE_AT_A_TIME or (creates and arm_type in _BEING_MADE):
                time.sleep(self.seconds)
        finally:
            with self._lock:
                self._writes.pop(own, None)

    def _await_parents(self, resource_id: str, exists: Callable[[str], bool]) -> None:
        for parent in map(key, parents(resource_id)):
            sought = type_of(parent).lower() in _BEING_MADE and parent not in self._trusted and not exists(parent)
            if sought and not self._lock.wait_for(partial(self._is_known, parent), self.seconds):
                self._trusted.add(parent)

    def _is_known(self, parent: str) -> bool:
        return parent in self._announced or parent in self._writes

    def _met(self, resource_id: str) -> Refusal | None:
        for parent in parents(resource_id):
            made = _BEING_MADE.get(type_of(parent).lower())
            is_under_way = self._writes.get(key(parent)) is True or key(parent) in self._announced
            if made is not None and is_under_way:
                return _refusal(made, parent, f"pass the `name` output of {name_of(parent)}, or add it to `dependsOn`")
        alone = _ONE_AT_A_TIME.get(type_of(resource_id).lower())
        parent = next(parents(resource_id), "")
        if alone is None:
            return None
        prefix = f"{key(parent)}/"
        sibling = next((each for each in self._writes if each.startswith(prefix)), None)
        if sibling is None:
            return None
        return _refusal(alone, parent, f"write one after another: add `dependsOn` with {name_of(sibling)}")


def _refusal(conflict: _Conflict, parent: str, fix: str) -> Refusal:
    message = conflict.message.format(parent=parent, name=name_of(parent))
    return Refusal(conflict.code, message, status=conflict.status, fix=fix, quoted=True, rule="writes-at-once")
