"""The simulated subscription: one SQLite file that holds every resource as the service would keep it.

Each operation is one transaction, so a plugin that is killed leaves either all of it or nothing. Several plugin
processes may use one file at once (the engine starts one for each operation; two stacks may share a subscription).

Beside the resources it keeps what they point to, so that nobody has to look through all of them, and the names of
deleted ones that wait for their purge.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from simulator.ids import key
from simulator.references import pointers
from simulator.values import UNKNOWN, UNKNOWN_STRING
from simulator.values import Path as ValuePath

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS resources (
    key TEXT PRIMARY KEY, id TEXT NOT NULL, type TEXT NOT NULL, token TEXT NOT NULL, urn TEXT NOT NULL,
    body TEXT NOT NULL, outputs TEXT NOT NULL, secrets TEXT NOT NULL, revision INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS resources_by_type ON resources (type COLLATE NOCASE);
CREATE TABLE IF NOT EXISTS pointers (
    place TEXT NOT NULL, target TEXT NOT NULL, source TEXT NOT NULL, PRIMARY KEY (place, target, source)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS pointers_by_source ON pointers (source);
CREATE TABLE IF NOT EXISTS tombstones (
    key TEXT PRIMARY KEY, id TEXT NOT NULL, type TEXT NOT NULL, location TEXT, until TEXT NOT NULL, purgeable INTEGER
    NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS notes (
    urn TEXT NOT NULL, kind TEXT NOT NULL, detail TEXT NOT NULL, PRIMARY KEY (urn, kind, detail)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS operations (
    number INTEGER PRIMARY KEY, operation TEXT NOT NULL, urn TEXT NOT NULL, milliseconds REAL NOT NULL, failed INTEGER
    NOT NULL
);
"""
# 1: the table of pointers.
_VERSION: Final = 1
# Writers wait for each other this long before they give up; a transaction here takes about a millisecond.
_BUSY_SECONDS: Final = 30.0


@dataclass(frozen=True)
class Record:
    """One resource as the service keeps it.

    `body` is what was last written (plain, secrets revealed, in the SDK's property names), `outputs` what the service
    answers, `secrets` the paths in `outputs` that must stay secret, `urn` who wrote it (empty: an out-of-band change).
    """

    id: str
    type: str
    token: str
    urn: str
    body: dict[str, Any]
    outputs: dict[str, Any]
    secrets: tuple[ValuePath, ...] = ()
    revision: int = 1

    @property
    def key(self) -> str:
        """The form of the id in which resources are compared."""
        return key(self.id)


@dataclass(frozen=True)
class Tombstone:
    """A deleted resource: it keeps its name `until` a day, or until somebody purges it where it is `purgeable`."""

    id: str
    type: str
    location: str | None
    until: date
    purgeable: bool = True


@dataclass(frozen=True)
class Note:
    """Something that a rehearsal could not judge: shown at its end."""

    urn: str
    kind: str
    detail: str


@dataclass
class Store:
    """The records of one subscription. Safe for use from several threads and processes."""

    path: Path
    _lock: threading.RLock = field(default_factory=threading.RLock, repr=False)
    _connection: sqlite3.Connection | None = field(default=None, repr=False)
    # Records as they were last read: most of what is looked through has not changed since. Nobody changes a record.
    _decoded: dict[str, tuple[tuple[Any, ...], Record]] = field(default_factory=dict, repr=False)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One operation: everything inside happens, or nothing does."""
        with self._lock:
            connection = self._open()
            outermost = not connection.in_transaction
            if outermost:
                connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                if outermost:
                    connection.commit()
            except BaseException:
                # Also when the commit fails, on a full disk say: an open transaction would swallow all later ones.
                if outermost and connection.in_transaction:
                    connection.rollback()
                raise

    def get(self, resource_id: str) -> Record | None:
        """The resource of an id, whatever its case."""
        with self._lock:
            row = self._open().execute("SELECT * FROM resources WHERE key = ?", (key(resource_id),)).fetchone()
        return self._record(row) if row else None

    def of_type(self, arm_type: str) -> list[Record]:
        """All resources of one ARM type, in the order of their ids."""
        with self._lock:
            rows = self._open().execute("SELECT * FROM resources WHERE type = ? COLLATE NOCASE", (arm_type,)).fetchall()
        return [self._record(row) for row in rows]

    def below(self, resource_id: str) -> list[Record]:
        """Everything that lies in a resource or extends it, nearest first."""
        start = key(resource_id) + "/"
        with self._lock:
            # `0` is the character after `/`: the half-open range holds exactly the keys with this prefix.
            rows = (
                self._open()
                .execute("SELECT * FROM resources WHERE key >= ? AND key < ?", (start, start[:-1] + "0"))
                .fetchall()
            )
        return [self._record(row) for row in rows]

    def all(self) -> list[Record]:
        """Every resource, in the order of their ids."""
        with self._lock:
            rows = self._open().execute("SELECT * FROM resources ORDER BY key").fetchall()
            return [self._record(row) for row in rows]

    def pointing(self, place: str, target: str) -> list[str]:
        """The keys of the resources that point to an id or a principal from a place (`simulator.references`)."""
        query = "SELECT source FROM pointers WHERE place = ? AND target = ? ORDER BY source"
        with self._lock:
            return [row[0] for row in self._open().execute(query, (place, key(target))).fetchall()]

    def put(self, record: Record) -> Record:
        """Writes a resource; its revision is one more than the one that was there."""
        with self.transaction() as connection:
            old = self.get(record.id)
            written = replace(record, revision=old.revision + 1 if old else 1)
            connection.execute(
                "INSERT OR REPLACE INTO resources VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    written.key, written.id, written.type, written.token, written.urn, _dump(written.body),
                    _dump(written.outputs), json.dumps(written.secrets), written.revision,
                ),
            )  # fmt: skip
            _point(connection, written)
        return written

    def remove(self, resource_id: str) -> list[Record]:
        """Deletes a resource and everything below it; answers what went."""
        with self.transaction() as connection:
            gone = [record for record in (self.get(resource_id), *self.below(resource_id)) if record is not None]
            keys = [(record.key,) for record in gone]
            connection.executemany("DELETE FROM resources WHERE key = ?", keys)
            connection.executemany("DELETE FROM pointers WHERE source = ?", keys)
            connection.executemany("DELETE FROM notes WHERE urn = ?", [(record.urn,) for record in gone])
        return gone

    def bury(self, tombstone: Tombstone) -> None:
        """Remembers the name of a deleted resource."""
        row = (
            key(tombstone.id), tombstone.id, tombstone.type, tombstone.location, tombstone.until.isoformat(),
            tombstone.purgeable,
        )  # fmt: skip
        with self.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO tombstones VALUES (?, ?, ?, ?, ?, ?)", row)

    def unearth(self, resource_id: str) -> None:
        """Forgets the name of a deleted resource: it was recovered or purged."""
        with self.transaction() as connection:
            connection.execute("DELETE FROM tombstones WHERE key = ?", (key(resource_id),))

    def tombstones(self) -> list[Tombstone]:
        """Every deleted resource whose name is remembered, also one whose day has come."""
        with self._lock:
            rows = self._open().execute("SELECT id, type, location, until, purgeable FROM tombstones ORDER BY key")
            return [
                Tombstone(resource_id, arm_type, location, date.fromisoformat(until), bool(purgeable))
                for resource_id, arm_type, location, until, purgeable in rows.fetchall()
            ]

    def note(self, urn: str, notes: list[Note]) -> None:
        """Replaces what was noted about a resource."""
        with self.transaction() as connection:
            connection.execute("DELETE FROM notes WHERE urn = ?", (urn,))
            connection.executemany(
                "INSERT OR IGNORE INTO notes VALUES (?, ?, ?)", [(note.urn, note.kind, note.detail) for note in notes]
            )

    def notes(self) -> list[Note]:
        """Everything that was noted and still holds."""
        with self._lock:
            rows = self._open().execute("SELECT urn, kind, detail FROM notes ORDER BY kind, detail, urn").fetchall()
        return [Note(*row) for row in rows]

    def log(self, operation: str, urn: str, milliseconds: float, *, failed: bool) -> None:
        """Remembers how long an operation took, for the benchmark."""
        with self.transaction() as connection:
            connection.execute(
                "INSERT INTO operations (operation, urn, milliseconds, failed) VALUES (?, ?, ?, ?)",
                (operation, urn, milliseconds, failed),
            )

    def durations(self, operation: str | None = None) -> list[float]:
        """Milliseconds of the operations so far, oldest first."""
        where, values = ("WHERE operation = ?", (operation,)) if operation is not None else ("", ())
        with self._lock:
            rows = self._open().execute(f"SELECT milliseconds FROM operations {where} ORDER BY number", values)  # noqa: S608 - a constant
            return [row[0] for row in rows.fetchall()]

    def _record(self, row: tuple[Any, ...]) -> Record:
        known = self._decoded.get(row[0])
        if known is None or known[0] != row:
            known = self._decoded[row[0]] = (row, _decode(row))
        return known[1]

    def close(self) -> None:
        """Closes the file; the next use opens it again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # A stored body may hold a key that the service made up; other users of the machine have no business there.
            # The journals of SQLite take their mode from the file as it is when it is opened.
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
            connection = sqlite3.connect(
                self.path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            # Write-ahead logging lets readers go on while one process writes. A killed process loses nothing that was
            # committed; only a power cut could, and a rehearsal can be repeated.
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.executescript(_SCHEMA)
            self._connection = connection
            if connection.execute("PRAGMA user_version").fetchone()[0] < _VERSION:
                self._upgrade()
        return self._connection

    def _upgrade(self) -> None:
        """Fills in what a file of an earlier version lacks."""
        with self.transaction() as connection:
            for record in self.all():
                _point(connection, record)
            connection.execute(f"PRAGMA user_version = {_VERSION}")


def _point(connection: sqlite3.Connection, record: Record) -> None:
    """Writes down what a resource points to."""
    connection.execute("DELETE FROM pointers WHERE source = ?", (record.key,))
    rows = [(*pointer, record.key) for pointer in pointers(record.type, record.body, record.outputs)]
    connection.executemany("INSERT INTO pointers VALUES (?, ?, ?)", rows)


def _dump(value: dict[str, Any]) -> str:
    return json.dumps(value, separators=(",", ":"), default=_encode)


def _encode(value: Any) -> Any:
    if value is UNKNOWN:
        return UNKNOWN_STRING
    raise TypeError(f"a {type(value).__name__} can't be stored")


def _decode(row: tuple[Any, ...]) -> Record:
    _, resource_id, arm_type, token, urn, body, outputs, secrets, revision = row
    paths = tuple(tuple(path) for path in json.loads(secrets))
    return Record(resource_id, arm_type, token, urn, json.loads(body), json.loads(outputs), paths, revision)
