"""What an Azure VM size is: processors, memory, GPUs, disks, quota family and the regions that list a price for it.

Owns `vm_sizes.csv` and how to look a size up. Does not own prices, nor which sizes a stack may choose.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeVar

from facts.nearest import unknown_key

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = Path(__file__).with_name("vm_sizes.csv")

_Choice = TypeVar("_Choice", bound=str | None)


@dataclass(frozen=True, slots=True)
class VmSize:
    """One VM size. None means "not known", which is neither no nor 0."""

    name: str
    series: str
    vcpus: int
    memory_gib: float
    gpu_vendor: Literal["nvidia", "amd", "none"]
    gpu_model: str
    gpu_count: Fraction
    gpu_memory_gib: int | None
    mig_capable: bool | None
    temp_disk_gib: int | None
    nvme_disk_gib: int | None
    cache_disk_gib: int | None
    ephemeral_os_disk: bool | None
    accelerated_networking: Literal["required", "supported"] | None
    rdma: bool | None
    max_nics: int | None
    max_network_mbps: int | None
    max_data_disks: int | None
    quota_family: str | None
    aks_gpu_os: tuple[str, ...]
    regions: frozenset[str]
    notes: str
    source: str
    source_date: date

    @property
    def has_gpu(self) -> bool:
        """Whether a node of this size has a GPU, or a share of one."""
        return self.gpu_count > 0


@cache
def vm_sizes() -> Mapping[str, VmSize]:
    """Every size of the table by its exact name, in the order of the file."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return MappingProxyType({row["name"]: _size(row) for row in rows})


def vm_size(name: str) -> VmSize:
    """The size called `name`, whatever its case: Azure compares size names without case.

    Raises:
        LookupError: naming the closest known size. It says nothing about Azure: the size may exist there.
    """
    by_folded_name = {known.casefold(): size for known, size in vm_sizes().items()}
    if found := by_folded_name.get(name.casefold()):
        return found
    raise unknown_key("VM size", name, vm_sizes(), "facts/vm_sizes.csv")


def size_meant(name: str) -> str | None:
    """The size that a name means which differs from it in signs alone, or lacks `Standard_`: `D4s-v5`.

    `None` for the name of a size, and for one that is like none of the table: that size may exist.
    """
    plain = _letters(name) if _letters(name).startswith("standard") else f"standard{_letters(name)}"
    if name.casefold() in {known.casefold() for known in vm_sizes()}:
        return None
    return next((known for known in vm_sizes() if _letters(known) == plain), None)


def _letters(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def gpu_sizes_in(region: str) -> tuple[VmSize, ...]:
    """The GPU sizes that have a list price in `region` (no promise of capacity), in the order of the file."""
    return tuple(size for size in vm_sizes().values() if size.has_gpu and region in size.regions)


def _size(row: Mapping[str, str]) -> VmSize:
    return VmSize(
        name=row["name"],
        series=row["series"],
        vcpus=int(row["vcpus"]),
        memory_gib=float(row["memory_gib"]),
        gpu_vendor=_one_of(row["gpu_vendor"], "nvidia", "amd", "none"),
        gpu_model=row["gpu_model"],
        gpu_count=Fraction(row["gpu_count"]),
        gpu_memory_gib=_integer(row["gpu_memory_gib"]),
        mig_capable=_boolean(row["mig_capable"]),
        temp_disk_gib=_integer(row["temp_disk_gib"]),
        nvme_disk_gib=_integer(row["nvme_disk_gib"]),
        cache_disk_gib=_integer(row["cache_disk_gib"]),
        ephemeral_os_disk=_boolean(row["ephemeral_os_disk"]),
        accelerated_networking=_one_of(row["accelerated_networking"], "required", "supported", None),
        rdma=_boolean(row["rdma"]),
        max_nics=_integer(row["max_nics"]),
        max_network_mbps=_integer(row["max_network_mbps"]),
        max_data_disks=_integer(row["max_data_disks"]),
        quota_family=row["quota_family"] if row["quota_family"] != "" else None,
        aks_gpu_os=tuple(row["aks_gpu_os"].split()),
        regions=frozenset(row["regions"].split()),
        notes=row["notes"],
        source=row["source"],
        source_date=date.fromisoformat(row["source_date"]),
    )


def _integer(cell: str) -> int | None:
    return None if cell == "" else int(cell)


def _boolean(cell: str) -> bool | None:
    return {"": None, "true": True, "false": False}[cell]


def _one_of(cell: str, *allowed: _Choice) -> _Choice:
    for value in allowed:
        if value == cell or (value is None and cell == ""):
            return value
    raise ValueError(f"{FILE.name}: {cell!r} is none of {allowed}")
