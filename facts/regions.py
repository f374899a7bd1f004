"""What an Azure region is: its country, its pair and its availability zones.

Owns `regions.yaml` and how to look a region up. Which VM sizes a region offers is in `facts.vm_sizes`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import yaml

from facts.nearest import unknown_key

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = Path(__file__).with_name("regions.yaml")


@dataclass(frozen=True, slots=True)
class Region:
    """One region. `zones` is empty where Azure has no availability zones; `code` is what Azure Backup calls it."""

    name: str
    code: str
    dns_resolver: bool
    display_name: str
    country: str
    place: str
    paired_region: str
    zones: tuple[str, ...]


@cache
def regions() -> Mapping[str, Region]:
    """Every region of the table by name."""
    rows: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["regions"]
    return MappingProxyType(
        {name: Region(name=name, zones=tuple(row.pop("zones")), **row) for name, row in rows.items()}
    )


def region(name: str) -> Region:
    """The region called `name` (the short form, such as canadacentral).

    Raises:
        LookupError: naming the closest known region.
    """
    if found := regions().get(name):
        return found
    raise unknown_key("region", name, regions(), "facts/regions.yaml")
