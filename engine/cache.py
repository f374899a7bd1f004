"""Where the engine's files lie on this machine, and how they get there without ever being half-made.

The layout, below `root()`:

    engine/3.274.1-linux-x64/bin/pulumi          the CLI, whole or not there at all
    engine/3.274.1-linux-x64/origin.json         {"origin": "release" | "source", "version": "3.274.1"}
    engine/kubernetes-4.34.2-linux-x64/bin/…     a provider built from source
    engine/.partial-…                            work in progress; cleaned away by the next process that works here
    engine/.lock                                 held by the process that works here
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import platformdirs
from filelock import FileLock, Timeout

from engine.progress import Progress

FOLDER_VARIABLE = "PLATFORM_ENGINE_DIR"
"""Environment variable that moves the whole cache, for machines whose home folder is small, slow or not kept."""

Origin = Literal["path", "release", "source"]
_PARTIAL = ".partial-"
_ORIGIN_FILE = "origin.json"


def root(environ: Mapping[str, str] | None = None) -> Path:
    """Return the cache folder; it may not exist yet."""
    named = (os.environ if environ is None else environ).get(FOLDER_VARIABLE)
    return Path(named) if named else Path(platformdirs.user_cache_dir("mlops-platform")) / "engine"


def platform_name(system: str | None = None, machine: str | None = None) -> str:
    """Return this platform as Pulumi's releases name it: `linux-x64`, `darwin-arm64`.

    Raises ValueError, with what to do, for a platform without an official release.
    """
    system = (sys.platform if system is None else system).lower()
    machine = (platform.machine() if machine is None else machine).lower()
    names = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}
    if system not in ("linux", "darwin") or machine not in names:
        raise ValueError(
            f"no Pulumi engine can be fetched for {system} on {machine}: only Linux and macOS on x86-64 and ARM64 are "
            "supported. Install pulumi yourself and put it on PATH."
        )
    return f"{system}-{names[machine]}"


def origin_of(folder: Path) -> Origin | None:
    """Return how the CLI in `folder` was made; None if there is none, or its record can't be read."""
    try:
        recorded = json.loads((folder / _ORIGIN_FILE).read_text(encoding="utf-8"))["origin"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return recorded if recorded in ("release", "source") else None


def place(target: Path, origin: Origin, version: str, make: Callable[[Path], None]) -> None:
    """Let `make` fill a new folder beside `target`, then give it its name in one step.

    When `make` raises, or the process dies, `target` is what it was before. Call it with the lock held.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=_PARTIAL, dir=target.parent))
    try:
        make(partial)
        record = json.dumps({"origin": origin, "version": version})
        (partial / _ORIGIN_FILE).write_text(record + "\n", encoding="utf-8")
        partial.chmod(0o755)  # mkdtemp makes it private to the user
        if target.exists():  # an older, broken copy: a folder can't be renamed over a full one
            target.rename(partial.with_name(partial.name + "-old"))
        partial.rename(target)
    finally:
        clean(target.parent)


def clean(folder: Path) -> None:
    """Remove what killed processes left behind. Only the holder of the lock works here, so all of it is stale."""
    for stale in folder.glob(f"{_PARTIAL}*"):
        shutil.rmtree(stale, ignore_errors=True)


@contextmanager
def locked(folder: Path, progress: Progress) -> Iterator[None]:
    """Hold the lock of the cache `folder`; say so when another process holds it. The lock dies with its holder."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / ".lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        progress.note("Another process is getting the engine right now; waiting for it instead of doing it twice")
        lock.acquire()
    try:
        clean(folder)
        yield
    finally:
        lock.release()
