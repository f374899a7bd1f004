"""actionlint: in the cache, or built from its Go module at the version and hashes that `golang/go.sum` locks.

PyPI's package of it holds no program (it downloads one when it is installed), and a build takes seconds.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from engine import cache, source
from engine.progress import Progress, Silent

MODULE: Final = Path(__file__).with_name("golang")
NAME: Final = "actionlint"
_PACKAGE: Final = "github.com/rhysd/actionlint"


def version() -> str:
    """The locked version."""
    found = re.search(rf"{_PACKAGE} v([\d.]+)", (MODULE / "go.mod").read_text(encoding="utf-8"))
    assert found is not None, "golang/go.mod names no version"  # noqa: S101 - the file stands beside this one
    return found[1]


def ensure(progress: Progress | None = None, environ: Mapping[str, str] | None = None) -> Path:
    """The program; built first if it is missing. Two processes at once build it once. Raises BuildError."""
    environ = os.environ if environ is None else environ
    progress = Silent() if progress is None else progress
    folder = cache.root(environ) / f"{NAME}-{version()}-{cache.platform_name()}"
    program = folder / "bin" / NAME
    if not _is_there(folder, program):
        with cache.locked(cache.root(environ), progress):
            if not _is_there(folder, program):
                cache.place(folder, "source", version(), lambda empty: _make(empty, progress, environ))
    return program


def _is_there(folder: Path, program: Path) -> bool:
    return cache.origin_of(folder) is not None and os.access(program, os.X_OK)


def _make(folder: Path, progress: Progress, environ: Mapping[str, str]) -> None:
    wanted = source.Build(
        title=f"Building actionlint {version()} from its Go module",
        why="checks the workflow files; needed once, kept for all clones",
        usually="10 seconds to a minute",
        name=NAME,
        module=MODULE,
        package=f"{_PACKAGE}/cmd/actionlint",
        variables={f"{_PACKAGE}.version": version()},
    )
    source.build(wanted, folder, progress, environ)
