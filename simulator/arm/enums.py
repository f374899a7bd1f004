"""The enum values that ARM takes and the SDK's enum lacks, from the dated table `enums.yaml`.

Does not own: which values the SDK has, and the check of a value (`simulator.conformity`).
"""

from __future__ import annotations

from functools import cache

from simulator.arm import table
from simulator.values import Path

EACH = "[*]"


def added_values(token: str, path: Path) -> list[str]:
    """The values that an input takes beside those of its enum in the SDK; mostly none."""
    _, module, name = token.split(":")
    for steps, values in _rows(f"{module.split('/')[0]}:{name}"):
        if len(steps) == len(path) and all(s in {EACH, p} for s, p in zip(steps, path, strict=True)):
            return values
    return []


@cache
def _rows(short: str) -> list[tuple[tuple[str, ...], list[str]]]:
    """(steps of a path, values) of one type."""
    rows = table("enums.yaml")["types"].get(short, {})
    return [
        (tuple(path.replace(EACH, f".{EACH}").split(".")), [value for listed in sources.values() for value in listed])
        for path, sources in rows.items()
    ]
