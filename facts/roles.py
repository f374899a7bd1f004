"""Azure built-in roles by name.

Owns names and GUIDs (`roles.yaml`). Does not own who gets which role: that is `components`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from facts.nearest import unknown_key

FILE = Path(__file__).with_suffix(".yaml")


@dataclass(frozen=True, kw_only=True)
class Role:
    """One built-in role; `id` is the GUID of its definition, equal in every tenant."""

    name: str
    id: str
    source: str
    date: date


@cache
def roles() -> dict[str, Role]:
    """Every known role by its display name."""
    rows = yaml.safe_load(FILE.read_text(encoding="utf-8"))["roles"]
    return {row["name"]: Role(**row) for row in rows}


def role(name: str) -> Role:
    """The role called `name`; LookupError names the nearest one."""
    if name not in roles():
        raise unknown_key("role", name, roles(), "facts/roles.yaml")
    return roles()[name]
