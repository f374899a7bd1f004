"""Which stacks a change can affect, so that a pull request rehearses those and no others.

A file that is not known to leave the stacks alone affects all of them.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from policies.profile import environments

PROJECT: Final = Path(__file__).resolve().parents[1]
_OWN_FILE: Final = re.compile(r"stacks/Pulumi\.([\w-]+)\.yaml")
# No stack reads them: pages, tests (the pull request runs those anyway), measurements, and who reviews what.
_WITHOUT_EFFECT: Final = re.compile(
    r"(docs|tests|benchmark|\.ci)/.+|[^/]+\.md|\.gitignore|\.github/(CODEOWNERS|dependabot\.yml|[^/]+\.md)"
)


class ChangeError(Exception):
    """What changed can't be found out. The message says why and what to do."""


def affected(paths: Iterable[str]) -> tuple[str, ...]:
    """The stacks that changes of these files can affect; paths are relative to the project, with slashes."""
    every = environments()
    found: set[str] = set()
    for path in paths:
        if _WITHOUT_EFFECT.fullmatch(path):
            continue
        own = _OWN_FILE.fullmatch(path)
        found |= {own[1]} if own is not None and own[1] in every else set(every)
    return tuple(stack for stack in every if stack in found)


def changed(base: str, project: Path = PROJECT) -> tuple[str, ...]:
    """The files that differ from where this branch left `base`, those of the work tree included. Raises ChangeError."""
    # Without renames a moved file counts where it was and where it is.
    differing = ("diff", "--name-only", "-z", "--no-renames", "--merge-base", "--end-of-options", base, "--")
    new = ("ls-files", "-z", "--others", "--exclude-standard")
    return tuple(sorted({*_listed(differing, project), *_listed(new, project)}))


def _listed(arguments: tuple[str, ...], project: Path) -> list[str]:
    try:
        asked = subprocess.run(["git", *arguments], cwd=project, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise ChangeError("there is no `git` command on PATH, so nobody can tell what changed; install git") from None
    if asked.returncode != 0:
        said = asked.stderr.strip().partition("\n")[0]
        raise ChangeError(f"git can't tell what changed ({said}); name a base that this clone has, or none for all")
    return [path for path in asked.stdout.split("\0") if path]
