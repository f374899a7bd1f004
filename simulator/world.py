"""What exists, as one operation sees it: the store, and during a preview what the preview has foreseen so far."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from simulator.ids import key, name_of, parents
from simulator.references import Pointer, pointers
from simulator.store import Record, Store
from simulator.subscription import SoftDeleted, subscription


@dataclass
class World:
    """The simulated subscription plus what this process has only previewed.

    A preview writes nothing to the store. Without the foreseen part it would have to refuse every subnet of a network
    that is to be created in the same update.
    """

    store: Store
    _foreseen: dict[str, Record] = field(default_factory=dict)
    # The same records by type and by everything that holds them: looking through all for each request would make a
    # preview's cost grow with the square of its size.
    _by_type: dict[str, dict[str, Record]] = field(default_factory=lambda: defaultdict(dict))
    _by_holder: dict[str, dict[str, Record]] = field(default_factory=lambda: defaultdict(dict))
    _by_pointer: dict[Pointer, dict[str, Record]] = field(default_factory=lambda: defaultdict(dict))
    # What this process has written for the first time. The engine starts a process for each update, so these are the
    # resources of the same update: other services, such as the directory, may not have heard of them.
    _made: set[str] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def get(self, resource_id: str) -> Record | None:
        """The resource of an id; what was foreseen hides what is stored."""
        with self._lock:
            foreseen = self._foreseen.get(key(resource_id))
        return foreseen if foreseen is not None else self.store.get(resource_id)

    def of_type(self, arm_type: str) -> list[Record]:
        """All resources of one ARM type."""
        return self._merge(self.store.of_type(arm_type), self._by_type, arm_type.lower())

    def below(self, resource_id: str) -> list[Record]:
        """Everything that lies in a resource or extends it."""
        return self._merge(self.store.below(resource_id), self._by_holder, key(resource_id))

    def all(self) -> list[Record]:
        """Every resource."""
        return self._merge(self.store.all(), {"": self._foreseen}, "")

    def pointing(self, place: str, target: str) -> list[str]:
        """The keys of the resources that point to an id or a principal from a place (`simulator.references`)."""
        stored = self.store.pointing(place, target)
        with self._lock:
            foreseen = self._by_pointer.get((place, key(target)), {})
            current = [each for each, record in foreseen.items() if self._foreseen.get(each) is record]
            return [*(each for each in stored if each not in self._foreseen), *current]

    def soft_deleted(self, arm_type: str, name: str, resource_id: str | None = None) -> SoftDeleted | None:
        """The deleted resource that still holds a name: deleted here, or among the facts of the subscription.

        With an id only one that lay there: the name of some types is unique in its resource group alone.
        """
        today, wanted = date.today(), (arm_type.lower(), name.lower())  # noqa: DTZ011 - days are enough
        for buried in self.store.tombstones():
            is_it = (buried.type.lower(), name_of(buried.id).lower()) == wanted and today < buried.until
            if is_it and (resource_id is None or key(resource_id) == key(buried.id)):
                return SoftDeleted(type=buried.type, name=name_of(buried.id), location=buried.location)
        return subscription().soft_deleted(arm_type, name)

    def holder(self, resource_id: str) -> Record | None:
        """The nearest resource that holds this one and exists here.

        `None` when nothing here says anything about the id.
        """
        return next((found for parent in parents(resource_id) if (found := self.get(parent)) is not None), None)

    def foresee(self, record: Record) -> None:
        """Remembers what a preview would have written."""
        with self._lock:
            self._foreseen[record.key] = record
            self._by_type[record.type.lower()][record.key] = record
            for holder in parents(record.id):
                self._by_holder[key(holder)][record.key] = record
            for pointer in pointers(record.type, record.body, record.outputs):
                self._by_pointer[pointer][record.key] = record

    def made(self, resource_id: str) -> None:
        """Remembers that this process has made a resource."""
        with self._lock:
            self._made.add(key(resource_id))

    def is_new(self, resource_id: str) -> bool:
        """Whether a resource is made by this update, or would be by this preview."""
        with self._lock:
            made = key(resource_id) in self._made
            foreseen = key(resource_id) in self._foreseen
        return made or (foreseen and self.store.get(resource_id) is None)

    def forget(self) -> None:
        """Drops what was foreseen: once something is written, only what is written counts."""
        with self._lock:
            for index in (self._foreseen, self._by_type, self._by_holder, self._by_pointer):
                index.clear()

    def _merge(self, stored: list[Record], index: Mapping[str, Mapping[str, Record]], wanted: str) -> list[Record]:
        with self._lock:
            foreseen = dict(index.get(wanted, {}))
        return [*(record for record in stored if record.key not in foreseen), *foreseen.values()]
