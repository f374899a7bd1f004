"""The platform metrics of a resource type: what Azure itself measures, whatever runs there.

Owns the table (`metrics.yaml`). Does not own metrics that programs, guests and agents send: those have namespaces of
their own, and nobody can list them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_suffix(".yaml")


@dataclass(frozen=True, kw_only=True)
class PlatformMetrics:
    """The metrics of one resource type, by their names in the REST API."""

    resource_type: str
    names: tuple[str, ...]
    source: str
    date: date


@cache
def all_platform_metrics() -> dict[str, PlatformMetrics]:
    """Every known resource type by its name in lower case: `microsoft.keyvault/vaults`."""
    rows = yaml.safe_load(FILE.read_text(encoding="utf-8"))["resource_types"]
    return {row["resource_type"].lower(): PlatformMetrics(**{**row, "names": tuple(row["names"])}) for row in rows}


def platform_metrics(resource_type: str) -> PlatformMetrics | None:
    """The metrics of `resource_type`, whatever its case. None: no source was found, so it may have any."""
    return all_platform_metrics().get(resource_type.lower())
