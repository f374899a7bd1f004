"""Hosts that machines of the platform must reach outside, by purpose.

Owns the table (`egress_hosts.yaml`). Does not own firewall rules (`components.network.firewall_rules`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_suffix(".yaml")


@dataclass(frozen=True, kw_only=True)
class HostGroup:
    """Hosts of one purpose. `subnets`: whose machines need them."""

    name: str
    why: str
    subnets: tuple[str, ...]
    hosts: tuple[str, ...]
    source: str
    date: date
    # Whether some of the hosts answer on port 80 only.
    plain_http: bool = False

    def hosts_in(self, region: str) -> tuple[str, ...]:
        """The host names for `region`."""
        return tuple(host.replace("{regionName}", region) for host in self.hosts)


@cache
def host_groups() -> tuple[HostGroup, ...]:
    """Every group, in the order of the table."""
    rows = yaml.safe_load(FILE.read_text(encoding="utf-8"))["groups"]
    return tuple(
        HostGroup(name=name, **{**row, "subnets": tuple(row["subnets"]), "hosts": tuple(row["hosts"])})
        for name, row in rows.items()
    )
