"""Get the official release of the Pulumi CLI: download, verify, unpack.

Source of the names: assets of https://github.com/pulumi/pulumi/releases (read 2026-11): the archive
`pulumi-v<version>-<os>-<arch>.tar.gz` and `pulumi-<version>-checksums.txt`, lines of "<sha256>  <file name>".
"""

from __future__ import annotations

import hashlib
import tarfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import requests

from engine.progress import Progress

RELEASES = "https://github.com/pulumi/pulumi/releases/download"

CONNECT_SECONDS = 4.0
READ_SECONDS = 20.0
FIRST_ANSWER_SECONDS = 12.0
"""The small checksum file must be here by then, whatever hangs: name resolution has no time-out of its own, and where
the network reaches only package registries the build from source should start at once."""

_T = TypeVar("_T")


class ReleaseError(Exception):
    """The release could not be fetched; the text says why, in one sentence."""


def fetch(version: str, platform: str, folder: Path, progress: Progress, base: str = RELEASES) -> None:
    """Download the release for `platform` (`linux-x64`) and unpack it into `folder`/bin.

    Raises ReleaseError, or OSError for a local failure such as a full disk.
    """
    name = f"pulumi-v{version}-{platform}.tar.gz"
    progress.start(
        f"Downloading Pulumi {version}", "the engine that previews and applies every change", "under a minute"
    )
    try:
        expected = _checksum(f"{base}/v{version}/pulumi-{version}-checksums.txt", name)
        archive = folder / name
        actual = _download(f"{base}/v{version}/{name}", archive, progress)
        if actual != expected:
            raise ReleaseError(f"the checksum of {name} is {actual}, but the release lists {expected}")
        _unpack(archive, folder)
        archive.unlink()
    except ReleaseError as error:
        progress.finish(f"Not downloaded: {error}")
        raise
    progress.finish(f"Downloaded Pulumi {version}, checksum verified")


def _checksum(url: str, name: str) -> str:
    listing = _within(FIRST_ANSWER_SECONDS, lambda: _get(url).text)
    for line in listing.splitlines():
        digest, _, file = line.partition(" ")
        if file.strip().removeprefix("*") == name:
            return digest.lower()
    raise ReleaseError(f"{url} lists no checksum for {name}")


def _within(seconds: float, call: Callable[[], _T]) -> _T:
    """Return what `call` returns; raise ReleaseError if it takes longer than `seconds` (it is then left to itself)."""
    results: list[_T] = []
    errors: list[ReleaseError] = []

    def run() -> None:
        try:
            results.append(call())
        except ReleaseError as error:
            errors.append(error)

    runner = threading.Thread(target=run, daemon=True)
    runner.start()
    runner.join(seconds)
    if errors:
        raise errors[0]
    if not results:
        raise ReleaseError(f"the download server gave no answer within {seconds:g} s")
    return results[0]


def _get(url: str, *, stream: bool = False) -> requests.Response:
    try:
        response = requests.get(url, timeout=(CONNECT_SECONDS, READ_SECONDS), stream=stream)
    except requests.RequestException as error:
        raise ReleaseError(f"{url} can't be reached ({_reason(error)})") from error
    if response.status_code != requests.codes.ok:
        response.close()
        raise ReleaseError(f"{url} answered {response.status_code} {response.reason}")
    return response


def _download(url: str, target: Path, progress: Progress) -> str:
    """Write the body of `url` to `target`; return its SHA-256."""
    digest = hashlib.sha256()
    received = 0
    response = _get(url, stream=True)
    total = int(response.headers.get("Content-Length", 0))
    try:
        with response, target.open("wb") as file:
            for chunk in response.iter_content(1 << 20):
                file.write(chunk)
                digest.update(chunk)
                received += len(chunk)
                progress.update(f"{received >> 20} of {total >> 20} MB")
    except requests.RequestException as error:
        raise ReleaseError(f"{url} broke off after {received} bytes ({_reason(error)})") from error
    return digest.hexdigest()


def _unpack(archive: Path, folder: Path) -> None:
    """Unpack `archive` and move its only folder, `pulumi`, to `bin`."""
    try:
        with tarfile.open(archive, "r:gz") as content:
            # The "data" filter refuses absolute names, `..`, links that leave the folder, and devices.
            content.extractall(folder, filter="data")
    except (tarfile.TarError, EOFError, OSError) as error:
        raise ReleaseError(f"{archive.name} can't be unpacked ({error})") from error
    unpacked = folder / "pulumi"
    if not (unpacked / "pulumi").is_file():
        raise ReleaseError(f"{archive.name} holds no pulumi/pulumi")
    unpacked.rename(folder / "bin")


def _reason(error: BaseException) -> str:
    """Return the innermost reason of a chain of wrapped network errors, which is the one a person can read."""
    while (inner := error.__cause__ or error.__context__) is not None:
        error = inner
    return str(error) or type(error).__name__
