"""Where the engine is, which version, and where from; and getting it when it is missing.

Three ways, in this order: `pulumi` on PATH if it is new enough, the official release, a build from the Go module.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from engine import cache, launcher, release, source
from engine.cli import WANTED, Engine, Unusable, WrongCliError, on_path, verify
from engine.progress import Progress, Silent

_failed_downloads: dict[str, str] = {}
"""Download servers that failed in this process, and why: asking again within a command would only cost time."""


class EngineMissingError(Exception):
    """None of the three ways led to an engine. The text names each way, why it failed, and how to mend it."""

    def __init__(self, failures: Mapping[str, Unusable]) -> None:
        self.failures = dict(failures)
        lines = [
            "There is no Pulumi engine on this machine, so nothing can be previewed or applied. Mend one of these:"
        ]
        for number, (way, failure) in enumerate(failures.items(), start=1):
            lines += [f"  {number}. {way}: {failure.why}", f"     → {failure.mend}"]
        super().__init__("\n".join(lines))


def find(environ: Mapping[str, str] | None = None) -> Engine | None:
    """Return the engine that a run would use now, without getting one; None when `ensure` would have to."""
    environ = os.environ if environ is None else environ
    found = on_path(environ)
    if isinstance(found, Engine) and not found.bin_dir.resolve().is_relative_to(cache.root(environ).resolve()):
        return found
    return _cached(environ)


def ensure(
    progress: Progress | None = None,
    *,
    environ: Mapping[str, str] | None = None,
    releases: str = release.RELEASES,
) -> Engine:
    """Return the engine; download or build it first if it is missing.

    Two processes at once get it once: the second waits for the first. Raises EngineMissingError.
    """
    environ = os.environ if environ is None else environ
    progress = Silent() if progress is None else progress
    found = find(environ)
    if found is None:
        try:
            with cache.locked(cache.root(environ), progress):
                found = _cached(environ)
                if found is None:
                    found = _get(environ, progress, releases)
        except OSError as error:
            raise EngineMissingError({"cache folder": _unwritable(environ, error)}) from error
    if found.needs_our_language_host:
        launcher.install(found.bin_dir)
    return found


def print_path(engine: Engine) -> str:
    """Return the folder to put first on PATH, so that `pulumi` typed by hand is this engine with its language host."""
    return str(engine.bin_dir)


def _folder(environ: Mapping[str, str]) -> Path:
    return cache.root(environ) / f"{WANTED}-{cache.platform_name()}"


def _cached(environ: Mapping[str, str]) -> Engine | None:
    try:
        folder = _folder(environ)
    except ValueError:
        return None
    origin = cache.origin_of(folder)
    pulumi = folder / "bin" / "pulumi"
    if origin is None or not os.access(pulumi, os.X_OK):
        return None
    return Engine(pulumi, WANTED, origin, pulumi.parent, needs_our_language_host=origin == "source")


def _get(environ: Mapping[str, str], progress: Progress, releases: str) -> Engine:
    """Try the release, then the build. The lock is held."""
    looked = on_path(environ)
    failures: dict[str, Unusable] = {}
    if isinstance(looked, Unusable):
        failures["pulumi on PATH"] = looked
    try:
        platform = cache.platform_name()
    except ValueError as error:
        failures["release and build"] = Unusable(str(error), "See above.")
        raise EngineMissingError(failures) from error
    failed = _download(environ, platform, progress, releases)
    if failed is not None:
        failures["official release"] = failed
        failed = _build(environ, progress)
        if failed is not None:
            failures["build from the Go module"] = failed
            raise EngineMissingError(failures)
    found = _cached(environ)
    if found is None:
        raise RuntimeError(f"{_folder(environ)} was made but can't be read back")
    return found


def _download(environ: Mapping[str, str], platform: str, progress: Progress, releases: str) -> Unusable | None:
    mend = (
        f"Allow HTTPS to {releases.split('/')[2]} (or set HTTPS_PROXY), or install pulumi yourself and put it on PATH."
    )
    if releases in _failed_downloads:
        return Unusable(_failed_downloads[releases], mend)

    def make(folder: Path) -> None:
        release.fetch(WANTED, platform, folder, progress, releases)
        verify(folder / "bin", WANTED)

    try:
        cache.place(_folder(environ), "release", WANTED, make)
    except (release.ReleaseError, WrongCliError) as error:
        _failed_downloads[releases] = str(error)
        return Unusable(str(error), mend)
    except OSError as error:
        return _unwritable(environ, error)
    return None


def _build(environ: Mapping[str, str], progress: Progress) -> Unusable | None:
    def make(folder: Path) -> None:
        source.build(source.cli(WANTED), folder, progress, environ)
        launcher.install(folder / "bin")
        verify(folder / "bin", WANTED)

    try:
        cache.place(_folder(environ), "source", WANTED, make)
    except (source.BuildError, WrongCliError) as error:
        return Unusable(
            str(error),
            "Install Go 1.26 or newer (https://go.dev/dl/), and allow HTTPS to the Go module proxy (`go env GOPROXY`).",
        )
    except OSError as error:
        return _unwritable(environ, error)
    return None


def _unwritable(environ: Mapping[str, str], error: OSError) -> Unusable:
    return Unusable(
        f"can't write to {cache.root(environ)} ({error})",
        f"Free 1 GB of disk space there, or name another folder in {cache.FOLDER_VARIABLE}.",
    )
