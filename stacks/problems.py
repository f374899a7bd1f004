"""What is wrong with a stack's settings, in words that a person can act on.

Owns the shape of a problem and how a list of them reads. Does not own finding them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from stacks.types import ENCRYPTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SettingPath = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Place:
    """Where to look: a file, and a line (from 1) if one can be named."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        line = f", line {self.line}" if self.line else ""
        return f"{self.file}{line}" + (f", column {self.column}" if self.column else "")


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong.

    `path` leads from the top of the settings to the value. A check that finds a problem knows no files and leaves
    `place` out; `load` adds it.
    """

    path: SettingPath
    what: str
    follows: str
    fix: str
    place: Place | None = None

    def at(self, place: Place) -> Problem:
        """The same problem, found at `place`."""
        return replace(self, place=place)

    def without(self, secrets: Iterable[str]) -> Problem:
        """The same problem, with no word of `secrets` in it."""
        what, follows, fix = self.what, self.follows, self.fix
        for secret in secrets:
            what, follows, fix = (text.replace(secret, ENCRYPTED) for text in (what, follows, fix))
        return replace(self, what=what, follows=follows, fix=fix)

    def __str__(self) -> str:
        place = "" if self.place is None else f"({self.place})"
        where = "  ".join(part for part in (dotted(self.path), place) if part)
        lines = (f"  where:   {where}", f"  follows: {self.follows}", f"  fix:     {self.fix}")
        return "\n".join((self.what, *(lines if where else lines[1:])))


class SettingsError(ValueError):
    """The settings of a stack can't be used; `problems` holds every reason, in the order of the files."""

    def __init__(self, stack: str, problems: Sequence[Problem]) -> None:
        self.stack = stack
        self.problems = tuple(problems)
        super().__init__(stack, self.problems)

    def __str__(self) -> str:
        count = "1 problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        head = f"{count} in the settings of stack {self.stack!r}; nothing was built."
        blocks = (f"{number}. {problem}".replace("\n", "\n ") for number, problem in enumerate(self.problems, 1))
        return "\n\n".join((head, *blocks))


def dotted(path: SettingPath) -> str:
    """A path as people write it: cluster.gpu_pools.t4.zones[0]."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.removeprefix(".")


def closest(word: str, valid: Iterable[str]) -> str | None:
    """The valid word that `word` was most likely meant to be; None when nothing is near."""
    by_folded = {name.casefold(): name for name in valid}
    close = get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None
