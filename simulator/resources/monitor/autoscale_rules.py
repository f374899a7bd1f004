"""What Azure Monitor refuses in autoscale settings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.model import Request
from simulator.resources.monitor.diagnostic_rules import items
from simulator.rule import Fault, Rule, rule
from simulator.values import at

_SPEC: Final = "azure-rest-api-specs autoscale_API.json 2021-05-01-preview (code not confirmed)"
_DURATION: Final = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
# Minutes of each period of a rule.
_BETWEEN: Final = {
    "metricTrigger.timeGrain": (1, 720, "1 minute to 12 hours"),
    "metricTrigger.timeWindow": (5, 720, "5 minutes to 12 hours"),
    "scaleAction.cooldown": (1, 10080, "1 minute to 1 week"),
}


def minutes(text: Any) -> float | None:
    """The minutes of a duration; `None` for what is none."""
    found = _DURATION.fullmatch(text) if isinstance(text, str) else None
    if found is None or text in ("P", "PT"):
        return None
    days, hours, mins, seconds = (int(part) if part else 0 for part in found.groups())
    return days * 1440 + hours * 60 + mins + seconds / 60


@rule("mon-scale-capacity", kind="static", source=_SPEC)
def capacity_is_in_order(request: Request) -> Iterator[Fault]:
    """Minimum, default and maximum are numbers in this order."""
    for index, profile in enumerate(items(request.at("profiles"))):
        numbers = [_number(at(profile, f"capacity.{name}")) for name in ("minimum", "default", "maximum")]
        known = [number for number in numbers if number is not None]
        if known != sorted(known):
            yield Fault(
                f"minimum, default and maximum are {', '.join(map(str, numbers))}",
                f"profiles[{index}].capacity",
                "put them in order",
            )


@rule("mon-scale-rules", kind="static", source="azurerm 2026-08-21 monitor_autoscale_setting: 20 profiles, 10 rules")
def rules_are_few(request: Request) -> Iterator[Fault]:
    """20 profiles with ten rules each, and a name of its own for each profile."""
    profiles = request.known("profiles")
    for index, profile in enumerate(items(profiles)):
        rules = profile.get("rules")
        if isinstance(rules, list) and len(rules) > 10:
            yield Fault(f"{len(rules)} rules in one profile", f"profiles[{index}].rules", "use 10 at most")
    names = [profile.get("name") for profile in items(profiles)]
    if any(names.count(name) > 1 for name in names if isinstance(name, str)):
        yield Fault("two profiles of one name", "profiles", "give each a name of its own")


@rule("mon-scale-periods", kind="static", source=_SPEC)
def periods_are_in_range(request: Request) -> Iterator[Fault]:
    """A sample is shorter than the window that it is taken from, and actions wait for each other."""
    for target, each in _rules(request):
        for path, (least, most, words) in _BETWEEN.items():
            found = minutes(at(each, path))
            if found is not None and not least <= found <= most:
                yield Fault(f"{at(each, path)} is not {words}", f"{target}.{path}", f"use {words}")
        grain, window = minutes(at(each, "metricTrigger.timeGrain")), minutes(at(each, "metricTrigger.timeWindow"))
        if grain is not None and window is not None and window < grain:
            yield Fault("the window is shorter than its samples", f"{target}.metricTrigger.timeWindow")


@rule("mon-scale-profile-time", kind="static", source=_SPEC)
def a_profile_has_one_time(request: Request) -> Iterator[Fault]:
    """A profile has a date or recurs, not both."""
    for index, profile in enumerate(items(request.at("profiles"))):
        if profile.get("fixedDate") is not None and profile.get("recurrence") is not None:
            yield Fault("a fixed date and a recurrence", f"profiles[{index}].recurrence", "leave one of the two out")


def _rules(request: Request) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for index, profile in enumerate(items(request.at("profiles"))):
        for number, each in enumerate(items(profile.get("rules"))):
            yield f"profiles[{index}].rules[{number}]", each


def _number(value: Any) -> int | None:
    """Capacities are written as texts."""
    return int(value) if isinstance(value, str) and value.isdigit() else value if isinstance(value, int) else None


AUTOSCALE_RULES: Final[tuple[Rule, ...]] = (
    capacity_is_in_order, rules_are_few, periods_are_in_range, a_profile_has_one_time,
)  # fmt: skip
