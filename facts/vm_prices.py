"""What a node costs: the list price of a VM size in a region.

Owns the table (`vm_prices.csv`). Does not own how many hours a node runs: that is for whoever estimates.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_suffix(".csv")
AS_OF = date(2026, 6, 18)
"""Day of the price list."""


@dataclass(frozen=True, kw_only=True)
class VmPrice:
    """USD for an hour, on demand, Linux. `note` says what makes the price doubtful; empty: nothing."""

    region: str
    size: str
    usd_per_hour: float
    note: str


@cache
def vm_prices() -> Mapping[tuple[str, str], VmPrice]:
    """Every known price by region and size."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        found = [
            VmPrice(region=row["region"], size=row["size"], usd_per_hour=float(row["usd_per_hour"]), note=row["note"])
            for row in rows
        ]
    return {(price.region, price.size): price for price in found}


def vm_price(region: str, size: str) -> VmPrice | None:
    """The price of a size in a region; None where none is known, which is not 0."""
    return vm_prices().get((region, size))
