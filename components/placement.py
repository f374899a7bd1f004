"""Where resources live and what they are labelled with: the same for every component of one environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

TEAM_TAG = "team"
"""The tag of what one team uses alone, such as its GPU pools; a team's budget counts by it."""


@dataclass(frozen=True, kw_only=True)
class Placement:
    """Name parts, region and tags of one environment; names are made from it by `components.naming`."""

    workload: str
    environment: str
    region: str
    tags: Mapping[str, str]
    protect_stateful: bool
    """Whether resources that hold data or can't be made again are protected from deletion."""
