"""What a service costs for each hour that it stands, used or not: a list price, by type and tier.

Owns the table (`service_prices.csv`). What is paid by use (storage, traffic, tokens, logs) is not in it.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

FILE = Path(__file__).with_suffix(".csv")
CANADA: Final = 1.113
"""What Canada Central costs where the table has another region: the median over VM sizes of what it costs against East
US (price list of facts/vm_prices.csv, 2026-06-18)."""


@cache
def service_prices() -> Mapping[tuple[str, str], float]:
    """USD for an hour in Canada by service (`<module>:<type>`) and tier in lower case; no tier where there is one."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {(row["service"], row["tier"]): float(row["usd_per_hour"]) * CANADA for row in rows}
