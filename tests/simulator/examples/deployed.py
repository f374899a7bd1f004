"""The examples as they lie in a subscription, made once for all tests of a process and then copied row by row."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from simulator.catalog import Catalog
from simulator.store import Store
from simulator.subscription import FILE, read, subscription
from tests.simulator.azure import Azure

GROUP = "resources:ResourceGroup"
TABLES = ("resources", "pointers", "tombstones", "notes")
Examples = Mapping[str, Mapping[str, Any]]
Rows = dict[str, list[tuple[Any, ...]]]


class Deployed:
    """A subscription in which the examples are made in their order, with its rows before each of them."""

    def __init__(self, catalog: Catalog, examples: Examples) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="examples-")
        self._azure = Azure(catalog, Store(Path(self._folder.name) / "subscription.sqlite"))
        self._azure.group()
        self._examples = examples
        self._waiting = list(examples)
        self._same: dict[tuple[Any, ...], tuple[Any, ...]] = {}
        self._before: dict[str | None, Rows] = {}
        self.empty = self._rows()

    def before(self, until: str | None) -> Rows:
        """The rows before the example `until`; with `None` after the last one."""
        while until not in self._before:
            self._before[self._waiting[0] if self._waiting else None] = self._rows()
            if self._waiting:
                make(self._azure, self._waiting[0], self._examples)
                self._waiting.pop(0)
        return self._before[until]

    def _rows(self) -> Rows:
        # Most rows are those of the example before; keeping each once keeps this small.
        found = rows_of(self._azure.store)
        return {table: [self._same.setdefault(row, row) for row in rows] for table, rows in found.items()}


def is_fresh(azure: Azure, made: Deployed) -> bool:
    """Whether a subscription holds the group alone and allows what the project's own file says."""
    return rows_of(azure.store) == made.empty and subscription() is read(FILE)


def rows_of(store: Store) -> Rows:
    """Everything that a subscription holds."""
    with store.transaction() as connection:
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}  # noqa: S608


def make(azure: Azure, short: str, examples: Examples) -> None:
    """Creates one example; the group is there."""
    if short != GROUP:
        azure.create(short, short, examples[short])


def copy(azure: Azure, rows: Rows) -> None:
    """Lays rows into a subscription, as if this process had just made the resources."""
    with azure.store.transaction() as connection:
        for table in TABLES:
            for row in rows[table]:
                marks = ", ".join("?" * len(row))
                connection.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", row)  # noqa: S608
    for record in azure.store.all():
        azure.service.world.made(record.id)
