"""Nothing in the cache is ever half-made, and two processes never make the same thing twice."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from engine import cache
from engine.progress import Silent


def test_the_variable_moves_the_cache(tmp_path: Path) -> None:
    assert cache.root({cache.FOLDER_VARIABLE: str(tmp_path)}) == tmp_path
    assert cache.root({}).parts[-2:] == ("mlops-platform", "engine")


@pytest.mark.parametrize(
    ("system", "machine", "name"),
    [
        ("linux", "x86_64", "linux-x64"),
        ("linux", "aarch64", "linux-arm64"),
        ("darwin", "arm64", "darwin-arm64"),
        ("darwin", "x86_64", "darwin-x64"),
    ],
)
def test_platforms_are_named_as_releases_name_them(system: str, machine: str, name: str) -> None:
    assert cache.platform_name(system, machine) == name


@pytest.mark.parametrize(("system", "machine"), [("win32", "AMD64"), ("linux", "riscv64")])
def test_a_platform_without_release_is_refused_with_advice(system: str, machine: str) -> None:
    with pytest.raises(ValueError, match="put it on PATH"):
        cache.platform_name(system, machine)


def fill(folder: Path) -> None:
    (folder / "bin").mkdir()
    (folder / "bin" / "tool").write_text("new")


def test_a_placed_folder_is_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    cache.place(tmp_path / "made", "source", "1.0.0", fill)
    assert cache.origin_of(tmp_path / "made") == "source"
    assert [path.name for path in tmp_path.iterdir()] == ["made"]


def test_a_failing_maker_leaves_what_was_there(tmp_path: Path) -> None:
    cache.place(tmp_path / "made", "release", "1.0.0", fill)

    def fail(folder: Path) -> None:
        (folder / "bin").mkdir()
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        cache.place(tmp_path / "made", "source", "2.0.0", fail)
    assert cache.origin_of(tmp_path / "made") == "release"
    assert [path.name for path in tmp_path.iterdir()] == ["made"]


def test_a_broken_folder_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "made" / "bin").mkdir(parents=True)
    cache.place(tmp_path / "made", "source", "1.0.0", fill)
    assert (tmp_path / "made" / "bin" / "tool").read_text() == "new"


@pytest.mark.parametrize("record", ["", "{", "[]", '{"origin": "moon"}', '{"version": "1"}', "null"])
def test_a_folder_without_a_sound_record_is_not_trusted(tmp_path: Path, record: str) -> None:
    (tmp_path / "origin.json").write_text(record)
    assert cache.origin_of(tmp_path) is None


def test_taking_the_lock_cleans_what_a_killed_process_left(tmp_path: Path) -> None:
    (tmp_path / ".partial-killed" / "bin").mkdir(parents=True)
    (tmp_path / "kept").mkdir()
    with cache.locked(tmp_path, Silent()):
        assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "kept"]


def test_the_second_one_says_that_it_waits_and_then_goes_on(tmp_path: Path) -> None:
    notes: list[str] = []
    waiting = threading.Event()

    class Listener(Silent):
        def note(self, text: str) -> None:
            notes.append(text)
            waiting.set()

    def second() -> None:
        with cache.locked(tmp_path, Listener()):
            notes.append("in")

    with cache.locked(tmp_path, Silent()):
        thread = threading.Thread(target=second)
        thread.start()
        assert waiting.wait(10)
        assert "waiting for it instead of doing it twice" in notes[0]
        assert "in" not in notes
    thread.join(10)
    assert notes[-1] == "in"
