"""What a diagnostic setting can send, per resource type.

Owns the table (`diagnostics.yaml`). Does not own which of it a stack sends: that is `components`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from facts.nearest import unknown_key

FILE = Path(__file__).with_suffix(".yaml")


@dataclass(frozen=True, kw_only=True)
class Diagnostics:
    """Categories of one resource type. None: not found in a source; empty: a source says that there are none."""

    resource_type: str
    logs: tuple[str, ...] | None
    groups: tuple[str, ...] | None
    metrics: tuple[str, ...] | None
    source: str


def _tuple(value: list[str] | None) -> tuple[str, ...] | None:
    return None if value is None else tuple(value)


@cache
def all_diagnostics() -> dict[str, Diagnostics]:
    """Every known resource type, for example `Microsoft.KeyVault/vaults`."""
    rows = yaml.safe_load(FILE.read_text(encoding="utf-8"))["resource_types"]
    return {
        row["resource_type"]: Diagnostics(
            resource_type=row["resource_type"],
            logs=_tuple(row["logs"]),
            groups=_tuple(row["groups"]),
            metrics=_tuple(row["metrics"]),
            source=row["source"],
        )
        for row in rows
    }


def diagnostics(resource_type: str) -> Diagnostics:
    """The row of `resource_type`; LookupError names the nearest one."""
    if resource_type not in all_diagnostics():
        raise unknown_key("diagnostics of", resource_type, all_diagnostics(), "facts/diagnostics.yaml")
    return all_diagnostics()[resource_type]
