"""Azure's built-in policies and initiatives by a name of ours.

Owns ids, versions, parameters and effects (`policy_definitions.yaml`). Does not own what is assigned where: that is
`components.governance`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from facts.nearest import unknown_key

FILE = Path(__file__).with_suffix(".yaml")


@dataclass(frozen=True, kw_only=True)
class PolicyDefinition:
    """One built-in. `required`: parameters without a default; `effects` of an initiative may be empty."""

    key: str
    id: str
    kind: Literal["definition", "initiative"]
    title: str
    version: str
    effects: tuple[str, ...]
    parameters: tuple[str, ...]
    required: tuple[str, ...]
    source: str

    @property
    def arm_id(self) -> str:
        """Built-ins exist in every tenant, above any subscription."""
        collection = "policyDefinitions" if self.kind == "definition" else "policySetDefinitions"
        return f"/providers/Microsoft.Authorization/{collection}/{self.id}"


@cache
def policy_definitions() -> dict[str, PolicyDefinition]:
    """Every known built-in by our name of it."""
    lists = ("effects", "parameters", "required")
    rows = yaml.safe_load(FILE.read_text(encoding="utf-8"))["policies"]
    return {row["key"]: PolicyDefinition(**{**row, **{name: tuple(row[name]) for name in lists}}) for row in rows}


def policy_definition(key: str) -> PolicyDefinition:
    """The built-in that we call `key`; LookupError names the nearest one."""
    if key not in policy_definitions():
        raise unknown_key("policy", key, policy_definitions(), "facts/policy_definitions.yaml")
    return policy_definitions()[key]
