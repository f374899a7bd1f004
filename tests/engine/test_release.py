"""Downloading the official release: what is accepted, and what every kind of failure says."""

from __future__ import annotations

import hashlib
import io
import socket
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from engine import release
from engine.progress import Silent
from engine.release import ReleaseError, fetch

VERSION = "3.274.1"
ARCHIVE = f"pulumi-v{VERSION}-linux-x64.tar.gz"
CHECKSUMS = f"pulumi-{VERSION}-checksums.txt"

Files = dict[str, bytes]


def archive(members: dict[str, bytes], spoil: Callable[[tarfile.TarInfo], None] | None = None) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as content:
        for name, body in members.items():
            member = tarfile.TarInfo(name)
            member.size, member.mode = len(body), 0o755
            if spoil is not None:
                spoil(member)
            content.addfile(member, io.BytesIO(body))
    return buffer.getvalue()


GOOD = archive({"pulumi/pulumi": b"#!/bin/sh\necho v3.274.1\n", "pulumi/pulumi-language-python": b"#!/bin/sh\n"})


def listing(body: bytes) -> bytes:
    return f"{'0' * 64}  other.tar.gz\n{hashlib.sha256(body).hexdigest()}  {ARCHIVE}\n".encode()


def publish(files: Files, body: bytes) -> None:
    files |= {ARCHIVE: body, CHECKSUMS: listing(body)}


def test_a_good_release_is_unpacked_into_bin(server: tuple[str, Files], tmp_path: Path) -> None:
    base, files = server
    publish(files, GOOD)
    fetch(VERSION, "linux-x64", tmp_path, Silent(), base)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["bin", "pulumi", "pulumi-language-python"]
    assert (tmp_path / "bin" / "pulumi").stat().st_mode & 0o100


def failure(base: str, folder: Path) -> str:
    with pytest.raises(ReleaseError) as raised:
        fetch(VERSION, "linux-x64", folder, Silent(), base)
    assert not (folder / "bin").exists()
    return str(raised.value)


def test_a_wrong_checksum_is_refused(server: tuple[str, Files], tmp_path: Path) -> None:
    base, files = server
    publish(files, GOOD)
    files[ARCHIVE] = GOOD + b"!"
    assert "but the release lists" in failure(base, tmp_path)


def test_a_release_without_checksum_is_refused(server: tuple[str, Files], tmp_path: Path) -> None:
    base, files = server
    publish(files, GOOD)
    files[CHECKSUMS] = b"<html>sign in</html>"
    assert f"lists no checksum for {ARCHIVE}" in failure(base, tmp_path)


def test_a_transfer_that_breaks_off_is_said(server: tuple[str, Files], tmp_path: Path) -> None:
    base, files = server
    publish(files, GOOD)
    files[ARCHIVE] = GOOD[:100] + b"<cut>"
    assert "broke off after" in failure(base, tmp_path)


def test_a_shortened_archive_is_refused_even_with_its_checksum(server: tuple[str, Files], tmp_path: Path) -> None:
    base, files = server
    publish(files, GOOD[:-40])
    assert "can't be unpacked" in failure(base, tmp_path)


def test_a_forbidden_download_is_said(server: tuple[str, Files], tmp_path: Path) -> None:
    base, _ = server
    assert "answered 403 Forbidden" in failure(base, tmp_path)


def test_a_refused_connection_is_said(tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{unused.getsockname()[1]}"
        assert "can't be reached" in failure(base, tmp_path)


def test_a_server_that_never_answers_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "FIRST_ANSWER_SECONDS", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        base = f"http://127.0.0.1:{silent.getsockname()[1]}"
        assert "gave no answer within 0.2 s" in failure(base, tmp_path)


@pytest.mark.parametrize("name", ["../outside", "pulumi/../../outside"])
def test_an_archive_that_writes_outside_is_refused(server: tuple[str, Files], tmp_path: Path, name: str) -> None:
    base, files = server
    publish(files, archive({"pulumi/pulumi": b"x", name: b"x"}))
    folder = tmp_path / "in"
    folder.mkdir()
    assert "can't be unpacked" in failure(base, folder)
    assert not (tmp_path / "outside").exists()


def test_an_archive_that_links_outside_is_refused(server: tuple[str, Files], tmp_path: Path) -> None:
    def link(member: tarfile.TarInfo) -> None:
        member.type, member.linkname, member.size = tarfile.SYMTYPE, "/etc/passwd", 0

    base, files = server
    publish(files, archive({"pulumi/pulumi": b""}, link))
    assert "can't be unpacked" in failure(base, tmp_path)


def test_an_archive_without_the_cli_is_refused(server: tuple[str, Files], tmp_path: Path) -> None:
    base, files = server
    publish(files, archive({"pulumi/readme": b"x"}))
    assert "holds no pulumi/pulumi" in failure(base, tmp_path)
