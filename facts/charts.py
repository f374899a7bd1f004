"""Helm charts that the platform installs: where they are, and which version.

Owns `charts.yaml`. Does not own their values (`components.kubernetes`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml

from facts.nearest import unknown_key

FILE = Path(__file__).with_name("charts.yaml")


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart. `digest` None: not known, and `reason` says why.

    `hosts`: where the chart and the images that it names are pulled from, besides NVIDIA's (`facts.egress_hosts`).
    """

    name: str
    url: str
    version: str
    digest: str | None
    reason: str | None
    source: str
    date: date
    hosts: tuple[str, ...]

    @property
    def is_oci(self) -> bool:
        """Whether `url` is the chart itself in a container registry, and not a repository of charts."""
        return self.url.startswith("oci://")


@cache
def charts() -> Mapping[str, Chart]:
    """Every chart by name."""
    read = yaml.safe_load(FILE.read_text(encoding="utf-8"))["charts"]
    return MappingProxyType(
        {
            name: Chart(name=name, **{"reason": None, **row, "hosts": tuple(row.get("hosts", ()))})
            for name, row in read.items()
        }
    )


def chart(name: str) -> Chart:
    """The chart called `name`.

    Raises:
        LookupError: naming the closest known one.
    """
    if name not in charts():
        raise unknown_key("chart", name, charts(), "facts/charts.yaml")
    return charts()[name]
