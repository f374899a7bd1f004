"""The store: whole transactions, whoever writes at the same time and whenever a writer dies."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.store import Note, Record, Store
from simulator.values import UNKNOWN

ROOT = Path(__file__).parents[2]
GROUP = "/subscriptions/0/resourceGroups/rg"
# Writes pairs of records, each pair in one transaction, and says so after each; `slow` stops in the middle of one.
WRITER = f"""
import sys, time
from pathlib import Path
from simulator.store import Record, Store
store = Store(Path(sys.argv[1]))
name, count, slow = sys.argv[2], int(sys.argv[3]), sys.argv[4] == "slow"
for index in range(count):
    with store.transaction():
        store.put(Record(f"{GROUP}/providers/A.B/c/{{name}}{{index}}-one", "A.B/c", "t", "u", {{}}, {{}}))
        if slow and index == count - 1:
            print("middle", flush=True)
            time.sleep(60)
        store.put(Record(f"{GROUP}/providers/A.B/c/{{name}}{{index}}-two", "A.B/c", "t", "u", {{}}, {{}}))
print("done", flush=True)
"""


def record(name: str = "x", arm_type: str = "A.B/c", **changed: object) -> Record:
    values: dict[str, object] = {
        "id": f"{GROUP}/providers/A.B/c/{name}",
        "type": arm_type,
        "token": "azure-native:a:C",
        "urn": f"urn:{name}",
        "body": {"a": [1, None, {"b": False}]},
        "outputs": {"c": "d"},
        "secrets": (("a", 0), ("c",)),
    }
    return Record(**{**values, **changed})  # type: ignore[arg-type]


def test_a_record_comes_back_as_it_was_put(store: Store) -> None:
    assert store.put(record()) == record()
    assert store.get(record().id) == record()


def test_each_write_has_the_next_number(store: Store) -> None:
    assert [store.put(record()).revision for _ in range(3)] == [1, 2, 3]


def test_a_record_is_found_whatever_the_case_and_keeps_its_own(store: Store) -> None:
    store.put(record("Name"))
    found = store.get(record("NAME").id.upper() + "/")
    assert found is not None
    assert found.id == record("Name").id
    assert [each.id for each in store.of_type("a.b/C")] == [found.id]


def test_what_lies_below_does_not_only_begin_alike(store: Store) -> None:
    for suffix in ("", "/d/e", "/d/e/f/g", "/providers/X.Y/z/1", "2", "0/d/e", "-1"):
        store.put(record(f"x{suffix}"))
    below = [each.id.removeprefix(record().id) for each in store.below(record().id)]
    assert below == ["/d/e", "/d/e/f/g", "/providers/X.Y/z/1"]


def test_a_removal_takes_what_lies_below_and_its_notes_along(store: Store) -> None:
    for suffix in ("", "/d/e", "2"):
        store.put(record(f"x{suffix}"))
        store.note(f"urn:x{suffix}", [Note(f"urn:x{suffix}", "kind", "detail")])
    assert [each.urn for each in store.remove(record().id)] == ["urn:x", "urn:x/d/e"]
    assert [each.urn for each in store.all()] == ["urn:x2"]
    assert [note.urn for note in store.notes()] == ["urn:x2"]


def test_a_removal_of_nothing_removes_nothing(store: Store) -> None:
    assert store.remove(record().id) == []


def test_notes_are_replaced_and_not_gathered(store: Store) -> None:
    store.note("u", [Note("u", "a", "1"), Note("u", "a", "2"), Note("u", "a", "2")])
    store.note("v", [Note("v", "a", "0")])
    assert [(note.urn, note.detail) for note in store.notes()] == [("v", "0"), ("u", "1"), ("u", "2")]
    store.note("u", [])
    assert [note.urn for note in store.notes()] == ["v"]


def test_operations_are_remembered_in_their_order(store: Store) -> None:
    for index, operation in enumerate(("create", "delete", "create")):
        store.log(operation, "u", float(index), failed=False)
    assert store.durations() == [0.0, 1.0, 2.0]
    assert store.durations("create") == [0.0, 2.0]


def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        store = Store(tmp_path / "deep" / "subscription.sqlite")
        store.put(record())
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in store.path.parent.iterdir()}
        store.close()
    finally:
        os.umask(before)
    assert len(modes) == 3
    assert set(modes.values()) == {0o600}


def test_an_exception_takes_everything_back(store: Store) -> None:
    def interrupted() -> None:
        with store.transaction():
            store.put(record("new"))
            store.remove(record("old").id)
            with store.transaction():
                store.note("u", [Note("u", "a", "b")])
            raise KeyboardInterrupt

    store.put(record("old"))
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert [each.urn for each in store.all()] == ["urn:old"]
    assert store.notes() == []
    store.put(record("new"))


def test_a_commit_that_fails_does_not_swallow_what_comes_after(store: Store) -> None:
    real = store._open()

    class Full:
        """A connection whose disk is full at the end of the first transaction."""

        def __getattr__(self, name: str) -> object:
            return getattr(real, name)

        def commit(self) -> None:
            store._connection = real
            raise sqlite3.OperationalError("database or disk is full")

    store._connection = Full()  # type: ignore[assignment]
    with pytest.raises(sqlite3.OperationalError):
        store.put(record("lost"))
    store.put(record("kept"))
    assert [each.urn for each in Store(store.path).all()] == ["urn:kept"]


def test_what_cannot_be_stored_is_refused_and_leaves_nothing(store: Store) -> None:
    with pytest.raises(TypeError, match="can't be stored"):
        store.put(record(body={"a": object()}))
    assert store.all() == []


def test_an_unknown_is_stored_as_pulumis_own(store: Store) -> None:
    store.put(record(outputs={"a": UNKNOWN}))
    found = store.get(record().id)
    assert found is not None
    assert found.outputs == {"a": "04da6b54-80e4-46f7-96ec-b56ff0331ba9"}


def test_a_closed_store_opens_again(store: Store) -> None:
    store.put(record())
    store.close()
    store.close()
    assert store.get(record().id) == record()


def test_a_file_that_is_none_of_ours_is_an_error_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "subscription.sqlite"
    path.write_text("not a database" * 100, encoding="utf-8")
    with pytest.raises(sqlite3.DatabaseError):
        Store(path).all()
    assert path.read_text(encoding="utf-8").startswith("not a database")


def test_many_threads_write_at_once(store: Store) -> None:
    start = threading.Barrier(16)

    def write(thread: int) -> None:
        start.wait()
        for index in range(10):
            with store.transaction():
                store.put(record(f"{thread}-{index}-one"))
                store.put(record(f"{thread}-{index}-two"))
            store.put(record("shared"))
            assert store.get(record(f"{thread}-{index}-two").id) is not None

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(write, range(16)))
    assert len(store.all()) == 16 * 10 * 2 + 1
    shared = store.get(record("shared").id)
    assert shared is not None
    assert shared.revision == 160


@contextmanager
def writer(path: Path, name: str, count: int, pace: str = "fast") -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", WRITER, str(path), name, str(count), pace]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def test_processes_open_and_write_one_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "subscription.sqlite"
    with writer(path, "a", 20) as one, writer(path, "b", 20) as two, writer(path, "c", 20) as three:
        assert [process.communicate(timeout=60)[0] for process in (one, two, three)] == ["done\n"] * 3
    assert len(Store(path).all()) == 3 * 20 * 2


def test_a_writer_that_is_killed_leaves_whole_transactions_and_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "subscription.sqlite"
    with writer(path, "a", 5, "slow") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "middle\n"
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=30)
    survivor = Store(path)
    assert len(survivor.all()) == 4 * 2
    survivor.put(record("next"))
    survivor.close()


def test_what_points_to_an_id_is_found_from_the_other_end(store: Store) -> None:
    group = "/subscriptions/s/resourceGroups/g/providers"
    subnet = f"{group}/Microsoft.Network/virtualNetworks/v/subnets/s"
    card = Record(f"{group}/A.B/c/card", "A.B/c", "t", "u", {"subnet": {"id": subnet}}, {"answer": subnet.upper()})
    store.put(card)
    assert store.pointing("body", subnet.upper()) == store.pointing("outputs", subnet) == [card.key]
    store.put(replace(card, body={}))
    assert store.pointing("body", subnet) == []
    store.remove(card.id)
    assert store.pointing("outputs", subnet) == []


def test_a_file_of_an_earlier_version_is_filled_in(store: Store) -> None:
    target = "/subscriptions/s/resourceGroups/g/providers/A.B/c/target"
    store.put(Record("/subscriptions/s/resourceGroups/g/providers/A.B/c/d", "A.B/c", "t", "u", {"to": target}, {}))
    with store.transaction() as connection:
        connection.execute("DELETE FROM pointers")
        connection.execute("PRAGMA user_version = 0")
    store.close()
    assert len(store.pointing("body", target)) == 1


def test_what_another_process_wrote_is_read_anew(store: Store) -> None:
    first = Record(f"{GROUP}/providers/A.B/c/d", "A.B/c", "t", "u", {"v": 1}, {})
    store.put(first)
    assert store.get(first.id) is store.get(first.id)
    other = Store(store.path)
    other.remove(first.id)
    other.put(replace(first, body={"v": 2}))
    other.close()
    found = store.get(first.id)
    assert found is not None
    assert (found.revision, found.body) == (1, {"v": 2})
