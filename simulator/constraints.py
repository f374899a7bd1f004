"""Whether ARM takes the values of a request: ranges, lengths, patterns, from the dated table `arm/constraints.yaml`.

The limits are those that Microsoft's clients check before they send a request. Does not own: limits that hang on other
inputs (the rules of a type's model). Says what is wrong and what is allowed, never the value: it may be secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from simulator.arm import table
from simulator.errors import Refusal
from simulator.values import UNKNOWN, Path, Secret, dotted

# ARM's general code for a value out of range; services have codes of their own, which a type's model gives.
_CODE: Final = "InvalidParameter"
_EACH: Final = "[*]"
# Limit -> what it is counted in, and whether it bounds from below.
_BOUNDS: Final = {
    "minimum": ("", True),
    "maximum": ("", False),
    "min_length": (" characters", True),
    "max_length": (" characters", False),
    "min_items": (" items", True),
    "max_items": (" items", False),
}

_Limits = Mapping[str, Any]


def constraint_refusals(arm_type: str, inputs: Mapping[str, Any]) -> Iterator[Refusal]:
    """Why ARM refuses the values of `inputs`; nothing for what is absent or unknown, or not in the table."""
    for steps, limits in _constraints().get(arm_type.lower(), ()):
        for path, value in _values(inputs, steps, ()):
            yield from _refusals(path, value, limits)


def _values(value: Any, steps: tuple[str, ...], path: Path) -> Iterator[tuple[Path, Any]]:
    """Every known value at a path. The keys of a map are not in the paths that come back: they may be secret."""
    if isinstance(value, Secret):
        value = value.value
    if value is None or value is UNKNOWN:
        return
    if not steps:
        yield path, value
    elif steps[0] == _EACH:
        if isinstance(value, list):
            for index, item in enumerate(value):
                yield from _values(item, steps[1:], (*path, index))
        elif isinstance(value, Mapping):
            for item in value.values():
                yield from _values(item, steps[1:], (*path, "*"))
    elif isinstance(value, Mapping):
        yield from _values(value.get(steps[0]), steps[1:], (*path, steps[0]))


def _refusals(path: Path, value: Any, limits: _Limits) -> Iterator[Refusal]:
    if not isinstance(value, bool) and _DEFAULTS.get(str(path[-1])) == value:
        return
    faults = [*_outside(value, limits), *_unlike(value, limits)]
    if faults:
        target = dotted(path)
        yield Refusal(
            _CODE,
            f"The value of '{target}' is not allowed: {'; '.join(faults)}",
            target=target,
            fix=f"use a value of {_allowed(limits)}",
        )


def _outside(value: Any, limits: _Limits) -> Iterator[str]:
    for limit, (unit, is_lower) in _BOUNDS.items():
        measure = _measure(value, limit) if limit in limits else None
        if measure is None:
            continue
        if measure < limits[limit] if is_lower else measure > limits[limit]:
            yield f"it must be {'at least' if is_lower else 'at most'} {limits[limit]}{unit}"


def _measure(value: Any, limit: str) -> float | None:
    """What a limit bounds; None where the value is of another type, which is the SDK's to say."""
    if limit.endswith("_length"):
        return len(value) if isinstance(value, str) else None
    if limit.endswith("_items"):
        return len(value) if isinstance(value, list) else None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _unlike(value: Any, limits: _Limits) -> Iterator[str]:
    pattern = limits.get("pattern")
    if pattern is not None and isinstance(value, str) and re.search(pattern, value) is None:
        yield f"it does not match {pattern}"


def _allowed(limits: _Limits) -> str:
    parts = [
        f"{'at least' if is_lower else 'at most'} {limits[limit]}{unit}"
        for limit, (unit, is_lower) in _BOUNDS.items()
        if limit in limits
    ]
    if "pattern" in limits:
        parts.append(f"the form {limits['pattern']}")
    return ", ".join(parts)


# A number that stands for the service's default, as in the clusters that azurerm makes in its tests (read 2026-11-25).
_DEFAULTS: Final = {"drainTimeoutInMinutes": 0}


@cache
def _constraints() -> dict[str, tuple[tuple[tuple[str, ...], _Limits], ...]]:
    """ARM type in lower case → (steps of a path, limits)."""
    return {
        arm_type.lower(): tuple((_steps(path), limits) for path, limits in row["properties"].items())
        for arm_type, row in constraint_table().items()
    }


def _steps(path: str) -> tuple[str, ...]:
    return tuple(path.replace(_EACH, f".{_EACH}").split("."))


@cache
def constraint_table() -> dict[str, Any]:
    """ARM type → `source` (package and version) and `properties`: path (`a.b[*].c`) → limits."""
    document = table("constraints.yaml")
    types: dict[str, Any] = document["types"]
    return types
