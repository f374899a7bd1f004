"""Durations as Azure writes them: ISO 8601 (`PT60M`, `P455D`) and days with a time (`1.00:00:00`)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from policies.values import UnjudgeableError

_ISO: Final = re.compile(
    r"P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(r"(?:(?P<days>\d+)\.)?(?P<hours>\d+):(?P<minutes>\d+):(?P<seconds>\d+(?:\.\d+)?)")


def duration(text: str, path: str) -> timedelta:
    """The duration that stands at `path`; a month has 30 days, a year 365. Raises UnjudgeableError where it is none."""
    found = (_ISO if text[:1].upper() == "P" else _CLOCK).fullmatch(text)
    parts = {unit: float(value) for unit, value in found.groupdict().items() if value} if found else {}
    if not parts:
        raise UnjudgeableError(path, "is no duration")
    days = parts.pop("years", 0) * 365 + parts.pop("months", 0) * 30 + parts.pop("days", 0)
    try:
        return timedelta(days=days, **parts)
    except OverflowError:
        raise UnjudgeableError(path, "is longer than any calendar") from None
