"""How Azure ML reads times, for the rules of its types: durations, dates and crontab expressions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from simulator.model import Request
from simulator.rule import Fault

_SECONDS: Final = (31_536_000, 2_592_000, 604_800, 86_400, 3_600, 60, 1)
_NUMBER: Final = r"\d+(?:\.\d+)?"
_DURATION: Final = re.compile(
    rf"P(?=.)(?:({_NUMBER})Y)?(?:({_NUMBER})M)?(?:({_NUMBER})W)?(?:({_NUMBER})D)?"
    rf"(?:T(?=.)(?:({_NUMBER})H)?(?:({_NUMBER})M)?(?:({_NUMBER})S)?)?",
    re.IGNORECASE,
)
# .NET's own form, which its services read as well: [days.]hours:minutes:seconds.
_TIME_SPAN: Final = re.compile(r"(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2})(?:\.\d+)?")

# The five fields of a crontab line with their bounds.
_FIELDS: Final = (("minutes", 0, 59), ("hours", 0, 23), ("days", 1, 31), ("months", 1, 12), ("days of the week", 0, 7))


def seconds(text: str) -> float | None:
    """A duration in seconds; `None` for a text that is none."""
    if found := _TIME_SPAN.fullmatch(text):
        days, hours, minutes, rest = (int(part or 0) for part in found.groups())
        return float(((days * 24 + hours) * 60 + minutes) * 60 + rest)
    if found := _DURATION.fullmatch(text):
        return sum(float(part) * unit for part, unit in zip(found.groups(), _SECONDS, strict=True) if part is not None)
    return None


def duration_faults(request: Request, path: str, shortest: int = 0, longest: int | None = None) -> Iterator[Fault]:
    """What is wrong with the duration at a path, in seconds."""
    text = request.known(path)
    if not isinstance(text, str):
        return
    value = seconds(text)
    if value is None:
        yield Fault(f"{path} is no duration", path, "write an ISO 8601 duration, such as PT120S")
    elif value < shortest or (longest is not None and value > longest):
        span = f"at least {shortest}" if longest is None else f"{shortest} to {longest}"
        yield Fault(f"{path} is {value:g} seconds and must be {span}", path, f"use {span} seconds")


def moment(value: object) -> datetime | None:
    """A date as it is written in a schedule, in UTC where it says no zone; `None` where it can't be read."""
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def cron_faults(expression: str) -> Iterator[str]:
    """What is wrong with a crontab expression; names and extensions of single dialects are left alone."""
    fields = expression.split()
    if len(fields) != len(_FIELDS):
        yield f"it has {len(fields)} fields and needs five: minutes, hours, days, months, days of the week"
        return
    for field, (name, lowest, highest) in zip(fields, _FIELDS, strict=True):
        values = [int(number) for part in field.split(",") for number in re.findall(r"\d+", part.partition("/")[0])]
        outside = [value for value in values if not lowest <= value <= highest]
        if outside:
            yield f"{outside[0]} is outside the {name}, {lowest} to {highest}"
