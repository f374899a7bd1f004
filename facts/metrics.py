"""The platform metrics of a resource type: what Azure itself measures, whatever runs there.

Owns the table (`metrics.yaml`). Does not own metrics that programs, guests and agents send: those have namespaces of
their own, and nobody can list them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_suffix(".yaml")


@dataclass(frozen=True, kw_only=True)
class PlatformMetrics:
    """The metrics of one resource type, by their names in the REST API.

    `aggregations` of a metric; one that is absent was not noted.
    """

    resource_type: str
    names: tuple[str, ...]
    source: str
    date: date
    aggregations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@cache
def all_platform_metrics() -> dict[str, PlatformMetrics]:
    """Every known resource type by its name in lower case: `microsoft.keyvault/vaults`."""
    rows = yaml.safe_load(FILE.read_text(encoding="utf-8"))["resource_types"]
    return {row["resource_type"].lower(): _metrics(row) for row in rows}


def _metrics(row: dict[str, Any]) -> PlatformMetrics:
    aggregations = {name: tuple(each) for name, each in row.get("aggregations", {}).items()}
    return PlatformMetrics(**{**row, "names": tuple(row["names"]), "aggregations": aggregations})


def platform_metrics(resource_type: str) -> PlatformMetrics | None:
    """The metrics of `resource_type`, whatever its case. None: no source was found, so it may have any."""
    return all_platform_metrics().get(resource_type.lower())
