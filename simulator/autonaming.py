"""Names that a program leaves out, as azure-native fills them in."""

from __future__ import annotations

import hashlib
import re
import uuid
from typing import Any

from simulator.ids import PathTemplate

_RANDOM_DIGITS = 8
_GUID_NAMES = frozenset({"roleAssignmentName", "roleDefinitionId", "roleAssignmentScheduleRequestName"})


def autoname(template: PathTemplate, logical_name: str, seed: bytes, old: dict[str, Any]) -> str | None:
    """The name for a resource that has none: the old one, else the logical name with eight digits.

    A child resource gets the logical name as it is, because it is unique below its parent; an assignment gets a GUID.
    `None` for a singleton, whose name is fixed.
    """
    parameter = template.name_parameter
    if parameter is None:
        return None
    if isinstance(old.get(parameter), str):
        return str(old[parameter])
    draw = hashlib.sha256(seed or logical_name.encode()).hexdigest()
    if parameter in _GUID_NAMES:
        return str(uuid.UUID(draw[:32], version=4))
    return logical_name if template.is_child else f"{logical_name}{draw[:_RANDOM_DIGITS]}"


def logical_name(urn: str) -> str:
    """The name that the program gave: the last part of a URN."""
    return re.split("::", urn, maxsplit=3)[-1]
