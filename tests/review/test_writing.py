"""Files that commands write: all or none, and never half of one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from review.writing import WriteError, must_be_writable, write


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_files_are_written_and_nothing_else_stays(tmp_path: Path) -> None:
    write({tmp_path / "a.json": "ä\n", tmp_path / "b.bin": b"\xff"})
    assert (tmp_path / "a.json").read_bytes() == "ä\n".encode()
    assert names(tmp_path) == ["a.json", "b.bin"]


def test_where_one_can_not_be_written_the_others_stay_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("old", encoding="utf-8")
    with pytest.raises(WriteError, match=r"missing.*b\.json can't be written \(No such file or directory\); name a"):
        write({tmp_path / "a.json": "new", tmp_path / "missing" / "b.json": "new"})
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["a.json"]


@pytest.mark.parametrize("stop", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_full_disk_or_an_interrupt_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: BaseException
) -> None:
    def half(content: bytes, whole: Path, _: Path) -> None:
        whole.write_bytes(content[:1])
        raise stop

    (tmp_path / "a.json").write_text("old", encoding="utf-8")
    monkeypatch.setattr("review.writing._stage", half)
    with pytest.raises((WriteError, KeyboardInterrupt)):
        write({tmp_path / "a.json": "new"})
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["a.json"]


def test_a_link_stays_a_link_and_a_mode_stays(tmp_path: Path) -> None:
    (tmp_path / "real.json").write_text("old", encoding="utf-8")
    (tmp_path / "real.json").chmod(0o640)
    (tmp_path / "link.json").symlink_to("real.json")
    write({tmp_path / "link.json": "new"})
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_text(encoding="utf-8") == "new"
    assert (tmp_path / "real.json").stat().st_mode & 0o777 == 0o640


def test_a_pipe_or_device_takes_the_text_and_is_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write({pipe: "new"})
        assert os.read(reader, 100) == b"new"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_what_can_not_be_written_is_said_before_anything_is_judged(tmp_path: Path) -> None:
    must_be_writable(tmp_path / "new.json", None)
    with pytest.raises(WriteError, match="it is a folder"):
        must_be_writable(None, tmp_path)
    with pytest.raises(WriteError, match="there is no folder"):
        must_be_writable(tmp_path / "missing" / "a.json")
    assert names(tmp_path) == []
