"""Microsoft.ContainerService/managedClusters/maintenanceConfigurations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simulator.model import Model, Request
from simulator.resources.containerservice import CODES, docs, issue
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN, at

_NODES: Final = "aksManagedNodeOSUpgradeSchedule"
_NAMES: Final = ("default", "aksManagedAutoUpgradeSchedule", _NODES)
_WINDOW: Final = "maintenanceWindow"
_KINDS: Final = ("daily", "weekly", "absoluteMonthly", "relativeMonthly")
_PAGE: Final = docs("planned-maintenance.md")


@rule("aks-maintenance-name", kind="static", code="InvalidParameter", quoted=True, source=issue("Azure/ARO-HCP#3260"))
def maintenance_name(request: Request) -> Iterator[Fault]:
    """Only three names mean anything to AKS."""
    if request.name not in _NAMES:
        yield Fault(
            "Only 'default', 'aksManagedAutoUpgradeSchedule' and 'aksManagedNodeOSUpgradeSchedule' are allowed "
            "configNames for maintenance configuration.",
            "configName", f"use {_NAMES[1]} for the cluster's versions, {_NODES} for the nodes' images",
        )  # fmt: skip


@rule("aks-maintenance-shape", kind="static", code="InvalidParameter", source=f"{_PAGE}; code not confirmed",
      reads=(_WINDOW, "timeInWeek"))  # fmt: skip
def maintenance_shape(request: Request) -> Iterator[Fault]:
    """Hours of the week are for the default schedule, the two others have a window."""
    if request.name in _NAMES[1:]:
        if request.at(_WINDOW) is None:
            yield Fault(f"{request.name} needs a maintenanceWindow", _WINDOW, "write a maintenanceWindow")
        if request.at("timeInWeek"):
            yield Fault(f"timeInWeek is for default, and {request.name} has a maintenanceWindow", "timeInWeek",
                        "leave it out")  # fmt: skip


@rule("aks-maintenance-schedule", kind="static", code="InvalidParameter", source=f"{_PAGE}; code not confirmed",
      reads=(f"{_WINDOW}.schedule",))  # fmt: skip
def maintenance_schedule(request: Request) -> Iterator[Fault]:
    """One kind of repetition; every day is for the nodes' images alone."""
    schedule = request.known(f"{_WINDOW}.schedule")
    if not isinstance(schedule, dict):
        return
    named = [kind for kind in _KINDS if schedule.get(kind) is not None]
    if len(named) != 1:
        yield Fault(f"a schedule is one of {', '.join(_KINDS)}, and {len(named)} are given", f"{_WINDOW}.schedule",
                    "keep one")  # fmt: skip
    if "daily" in named and request.name == _NAMES[1]:
        yield Fault(f"a daily schedule is for {_NODES} alone", f"{_WINDOW}.schedule.daily", "use weekly")


@rule("aks-maintenance-hours", kind="static", code="InvalidHourSlot", source=CODES, reads=("timeInWeek",))
def maintenance_hours(request: Request) -> Iterator[Fault]:
    """Hours of a day are numbered from 0 to 23."""
    days = request.known("timeInWeek")
    for index, day in enumerate(days if isinstance(days, list) else ()):
        slots = at(day, "hourSlots")
        for slot in slots if isinstance(slots, list) else ():
            if isinstance(slot, int) and not 0 <= slot <= 23:
                yield Fault(f"hour slot {slot} is not from 0 to 23", f"timeInWeek[{index}].hourSlots")


@rule("aks-maintenance-spans", kind="static", code="InvalidStartEndTime", source=CODES,
      reads=("notAllowedTime", f"{_WINDOW}.notAllowedDates"))  # fmt: skip
def maintenance_spans(request: Request) -> Iterator[Fault]:
    """A span ends after it begins."""
    for path in ("notAllowedTime", f"{_WINDOW}.notAllowedDates"):
        spans = request.known(path)
        for span in spans if isinstance(spans, list) else ():
            start, end = at(span, "start"), at(span, "end")
            if UNKNOWN not in (start, end) and isinstance(start, str) and isinstance(end, str) and end < start:
                yield Fault(f"{path} holds a span from {start} to {end}", path, "let it end after it begins")


class MaintenanceConfigurations(Model):
    """A window in which AKS may work on the cluster. Its name says on what."""

    token = "azure-native:containerservice:MaintenanceConfiguration"
    rules = (
        maintenance_name, maintenance_shape, maintenance_schedule, maintenance_hours,
        maintenance_spans,
    )  # fmt: skip
