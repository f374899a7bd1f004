"""On which quota a VM size draws, and with how many vCPUs, also for sizes that `vm_sizes.csv` doesn't hold.

Owns `vm_quota.csv` and how a size's name is read ("Azure VM sizes naming conventions"). Does not own how much a
subscription has been granted.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from facts.vm_sizes import vm_size

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = Path(__file__).with_name("vm_quota.csv")

# Series, number, what follows. A constrained size such as E4-2ds_v5 draws on the quota with all its vCPUs, not with
# those that are left on (VirtualMachineSize.numberOfCores, learn.microsoft.com, read 2026-11-25).
_NAME: Final = re.compile(r"standard_([a-z]+)(\d+)(?:-\d+)?((?:[a-z]|_).*|)", re.IGNORECASE)
# Of these old series the number is a step, not a count (learn.microsoft.com, "Dv2 and Dsv2-series", "G-series" of the
# previous generations, read 2026-11-25).
_STEPS: Final = MappingProxyType({1: 1, 2: 2, 3: 4, 4: 8, 5: 16, 11: 2, 12: 4, 13: 8, 14: 16, 15: 20})
_STEPS_OF_G: Final = MappingProxyType({1: 2, 2: 4, 3: 8, 4: 16, 5: 32})
_IN_STEPS: Final = MappingProxyType(
    {
        **dict.fromkeys(("D#", "D#_v2", "D#_v2_Promo", "DS#", "DS#_v2", "DS#_v2_Promo"), _STEPS),
        **dict.fromkeys(("G#", "GS#"), _STEPS_OF_G),
    }
)


@dataclass(frozen=True, slots=True)
class VmQuota:
    """What one machine of a size takes of a subscription's quota."""

    family: str
    vcpus: int


def vm_quota(name: str) -> VmQuota | None:
    """The quota of the size called `name`, whatever its case; None where nothing certain is known."""
    try:
        known = vm_size(name)
    except LookupError:
        return quota_of_name(name)
    return VmQuota(known.quota_family, known.vcpus) if known.quota_family is not None else quota_of_name(name)


def quota_of_name(name: str) -> VmQuota | None:
    """What the name of a size says by itself: its series has the quota, its number is the count of vCPUs."""
    read = _NAME.fullmatch(name)
    row = _families().get(f"{read[1]}#{read[3]}".casefold()) if read is not None else None
    if read is None or row is None:
        return None
    series, family = row
    number = int(read[2])
    vcpus = _IN_STEPS[series].get(number) if series in _IN_STEPS else number
    return VmQuota(family, vcpus) if vcpus else None


@cache
def _families() -> Mapping[str, tuple[str, str]]:
    """Every series of the table with its quota, by the series without case."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return MappingProxyType({row["series"].casefold(): (row["series"], row["quota_family"]) for row in rows})
