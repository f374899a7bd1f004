"""The metrics that the cluster's managed Prometheus has.

Owns the table (`prometheus_metrics.yaml`). Does not own what Azure itself measures: that is `facts.metrics`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_suffix(".yaml")


@cache
def prometheus_metrics() -> dict[str, tuple[str, ...]]:
    """The names by exporter."""
    rows: dict[str, list[str]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {exporter: tuple(names) for exporter, names in rows.items()}


@cache
def exporter_of(metric: str) -> str | None:
    """Who sends the metric; None: nobody that is known."""
    return next((exporter for exporter, names in prometheus_metrics().items() if metric in names), None)
