"""Private endpoints: which group ids a resource type has, and which private DNS zones they need.

Owns the table (`private_link.yaml`). Does not own the zones and endpoints that a stack creates: that is `components`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from facts.nearest import unknown_key
from facts.regions import region as region_of

FILE = Path(__file__).with_suffix(".yaml")


@dataclass(frozen=True, kw_only=True)
class PrivateLink:
    """One group id of one resource type; `zones` may hold the placeholders `{regionName}` and `{regionCode}`."""

    resource_type: str
    group_id: str
    zones: tuple[str, ...]
    source: str
    date: date
    # Whether the service refuses the group id in another case; of most services that is not known.
    case_sensitive: bool = False
    # The members of the group that static addresses are given to; empty where they are not known.
    members: tuple[str, ...] = ()
    # What clients use besides 443, where that is known.
    ports: tuple[int, ...] = ()

    def is_spelled(self, group_id: str) -> bool:
        """Whether a text names this group."""
        return group_id == self.group_id if self.case_sensitive else group_id.lower() == self.group_id.lower()

    def members_in(self, region: str) -> tuple[str, ...]:
        """The members of a target in `region`."""
        return tuple(member.replace("{regionName}", region) for member in self.members)

    def zones_in(self, region: str) -> tuple[str, ...]:
        """The zone names for `region`, for example `privatelink.canadacentral.azmk8s.io`."""
        return tuple(_filled(zone, region) for zone in self.zones)


def _filled(zone: str, region: str) -> str:
    # A region whose code is not known only matters to the zones that hold it.
    code = region_of(region).code if "{regionCode}" in zone else ""
    return zone.replace("{regionName}", region).replace("{regionCode}", code)


@cache
def private_links() -> dict[str, PrivateLink]:
    """Every known row by `<resource type>#<group id>`."""
    rows = yaml.safe_load(FILE.read_text(encoding="utf-8"))["entries"]
    return {
        f"{row['resource_type']}#{row['group_id']}": PrivateLink(
            **{**row, **{key: tuple(row.get(key, ())) for key in ("zones", "members", "ports")}}
        )
        for row in rows
    }


def private_link(resource_type: str, group_id: str) -> PrivateLink:
    """The row of `resource_type` and `group_id`; LookupError names the nearest one."""
    key = f"{resource_type}#{group_id}"
    if key not in private_links():
        raise unknown_key("private endpoint group", key, private_links(), "facts/private_link.yaml")
    return private_links()[key]
