"""What an export gives: the text of a file, which resource stands where in it, and what is not in it.

Owns the way back: from a line of the file, or a type and a name, to the resource of Pulumi.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from policies.resource import Resource

Skips = Mapping[str, Mapping[str, str]]
"""What a reader of the file should not report: the reason by checkov's check, by the resource's key."""
NO_SKIPS: Final[Skips] = {}


@dataclass(frozen=True)
class LeftOut:
    """A property that is not in the file, or a whole resource (empty path), and why."""

    resource: Resource
    path: str
    why: str


@dataclass(frozen=True)
class Origin:
    """A resource of the file: the lines that it takes (from 1, both included), its type and name there, and whose it
    is.
    """

    first: int
    last: int
    type: str
    name: str
    resource: Resource


@dataclass(frozen=True)
class Exported:
    """A file. `origins` in the order of their lines."""

    text: str
    origins: tuple[Origin, ...]
    left_out: tuple[LeftOut, ...]

    def at(self, line: int) -> Resource | None:
        """The resource that a line belongs to."""
        before = bisect_right([one.first for one in self.origins], line)
        found = self.origins[before - 1] if before else None
        return found.resource if found is not None and line <= found.last else None

    @cached_property
    def _by_name(self) -> Mapping[tuple[str, str], Resource]:
        counted = Counter((one.type.lower(), one.name.lower()) for one in self.origins)
        return {key: one.resource for one in self.origins if counted[key := (one.type.lower(), one.name.lower())] == 1}

    def named(self, type_: str, name: str) -> Resource | None:
        """The only resource of a type and name; None where there is none or, at several scopes, more than one."""
        return self._by_name.get((type_.lower(), name.lower()))
