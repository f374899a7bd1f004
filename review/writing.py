"""Writes what a command was asked for: every file of it, or none.

A file is written beside its place and moved there when all of them are whole, so whoever reads it meanwhile, a full
disk or Ctrl-C never leaves half of one.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4


class WriteError(OSError):
    """A file can't be written. The message says which and why, and what to do."""

    def __init__(self, file: Path, why: str) -> None:
        super().__init__(f"{file} can't be written ({why}); name a file in a folder that is there and that you may use")


def must_be_writable(*files: Path | None) -> None:
    """Raises WriteError at once, before a long judgement, where a file could not be written after it."""
    for file in files:
        if file is None:
            continue
        if file.is_dir():
            raise WriteError(file, "it is a folder")
        if not file.parent.is_dir():
            raise WriteError(file, f"there is no folder {file.parent}")
        if not os.access(file if file.exists() else file.parent, os.W_OK):
            raise WriteError(file, "that is not allowed")


def write(contents: Mapping[Path, str | bytes]) -> None:
    """Writes files. Raises WriteError; of the files that were there, none is changed then."""
    staged: dict[Path, Path] = {}
    file = Path()
    try:
        for file, content in contents.items():
            encoded = content.encode() if isinstance(content, str) else content
            real = file.resolve()
            if real.exists() and not real.is_file():
                real.write_bytes(encoded)  # a pipe or a device, as /dev/stdout
                continue
            staged[real] = real.with_name(f".{real.name[:200]}.{uuid4().hex[:8]}")
            _stage(encoded, staged[real], real)
        for file, whole in staged.items():
            whole.replace(file)
    except OSError as error:
        raise WriteError(file, error.strerror or str(error)) from None
    finally:
        for whole in staged.values():
            whole.unlink(missing_ok=True)


def _stage(content: bytes, whole: Path, real: Path) -> None:
    with whole.open("xb") as stream:
        stream.write(content)
    if real.exists():
        whole.chmod(real.stat().st_mode)
