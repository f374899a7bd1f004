"""Which Kubernetes minor versions AKS supports, and until when.

Owns `aks_versions.yaml`. Does not own which version a stack runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import yaml

from facts.nearest import unknown_key

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = Path(__file__).with_name("aks_versions.yaml")


class Support(StrEnum):
    """What AKS does for a version on a given day."""

    STANDARD = "standard"
    LTS = "long-term"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class AksVersion:
    """One Kubernetes minor version. Each end date is the last day of that support."""

    minor: str
    ga: date
    standard_support_ends: date
    lts_ends: date

    def support_on(self, day: date) -> Support:
        """How the version is supported on `day`; before general availability it is not."""
        if self.ga <= day <= self.standard_support_ends:
            return Support.STANDARD
        return Support.LTS if self.ga <= day <= self.lts_ends else Support.NONE


@cache
def aks_versions() -> Mapping[str, AksVersion]:
    """Every version of the table by its minor version, newest first."""
    return MappingProxyType(
        {
            minor: AksVersion(minor=minor, **{key: date.fromisoformat(day) for key, day in row.items()})
            for minor, row in _table()["versions"].items()
        }
    )


def as_of() -> date:
    """The day for which the table was written; support is judged on it."""
    return date.fromisoformat(_table()["as_of"])


def aks_version(minor: str) -> AksVersion:
    """The version called `minor`, such as 1.35.

    Raises:
        LookupError: naming the closest known version.
    """
    if found := aks_versions().get(minor):
        return found
    raise unknown_key("AKS version", minor, aks_versions(), "facts/aks_versions.yaml")


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return table
