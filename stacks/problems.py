"""What is wrong with a stack's settings, in words that a person can act on.

Owns the shape of a problem and how a list of them reads. Does not own finding them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SettingPath = tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong.

    `path` leads from the top of the settings to the value; `place` is the file (and line, from 1) to open. An empty
    `place` means that the value is in no file, or that whoever found the problem doesn't know the files.
    """

    path: SettingPath
    what: str
    follows: str
    fix: str
    place: str = ""

    def at(self, place: str) -> Problem:
        """The same problem, found at `place`."""
        return replace(self, place=place)

    def __str__(self) -> str:
        where = "  ".join(part for part in (dotted(self.path), self.place and f"({self.place})") if part)
        lines = [self.what, f"  where:   {where}", f"  follows: {self.follows}", f"  fix:     {self.fix}"]
        return "\n".join(line for line in lines if not line.endswith("where:   "))


class SettingsError(ValueError):
    """The settings of a stack can't be used; `problems` holds every reason, in the order of the file."""

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
