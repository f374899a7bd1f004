"""Microsoft.MachineLearningServices/workspaces/schedules: why a schedule is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simulator.model import Request
from simulator.resources.machinelearningservices.time_rules import cron_faults, moment
from simulator.rule import Fault, Rule, rule

_YAML: Final = "MicrosoftDocs/azure-ai-docs reference-yaml-schedule.md"
_CHECKED: Final = "(code not confirmed; checked 2026-11-25)"
_TRIGGER: Final = "properties.trigger"
_MONITOR: Final = "properties.action.monitorDefinition.computeConfiguration.instanceType"
# reference-yaml-monitor.md: the machines of the Spark pool in which a monitor runs.
_SPARK_SIZES: Final = tuple(f"standard_e{vcpus}s_v3" for vcpus in (4, 8, 16, 32, 64))
# Members of a recurrence with their bounds.
_BOUNDS: Final = {"hours": (0, 23), "minutes": (0, 59), "monthDays": (1, 31)}


@rule("ml-schedule-cron", kind="static", source=f"{_YAML}, CronTrigger {_CHECKED}")
def cron_expression(request: Request) -> Iterator[Fault]:
    """A crontab expression has five fields, and no seconds."""
    expression = request.known(f"{_TRIGGER}.expression")
    for fault in cron_faults(expression) if isinstance(expression, str) else ():
        yield Fault(f"the cron expression is invalid: {fault}", f"{_TRIGGER}.expression",
                    "write MINUTES HOURS DAYS MONTHS DAYS-OF-WEEK, such as 15 10 * * 1")  # fmt: skip


@rule("ml-schedule-recurrence", kind="static", source=f"{_YAML}, Recurrence schedule {_CHECKED}",
      reads=(f"{_TRIGGER}",))  # fmt: skip
def recurrence(request: Request) -> Iterator[Fault]:
    """A recurrence has an interval, and hours and minutes of the day."""
    interval = request.at(f"{_TRIGGER}.interval")
    if isinstance(interval, int) and interval < 1:
        yield Fault(f"the interval is {interval}", f"{_TRIGGER}.interval", "use 1 or more")
    for name, (lowest, highest) in _BOUNDS.items():
        values = request.at(f"{_TRIGGER}.schedule.{name}")
        wrong = [each for each in values or () if isinstance(each, int) and not lowest <= each <= highest]
        if wrong:
            yield Fault(f"{wrong[0]} is none of the {name}, {lowest} to {highest}", f"{_TRIGGER}.schedule.{name}",
                        f"use {lowest} to {highest}")  # fmt: skip


@rule("ml-schedule-end", kind="static", source=f"{_YAML}, end_time {_CHECKED}",
      reads=(f"{_TRIGGER}.startTime", f"{_TRIGGER}.endTime"))  # fmt: skip
def ends_after_it_starts(request: Request) -> Iterator[Fault]:
    """The end of a schedule comes after its start."""
    start, end = moment(request.at(f"{_TRIGGER}.startTime")), moment(request.at(f"{_TRIGGER}.endTime"))
    if start is not None and end is not None and end <= start:
        yield Fault("the schedule ends before it starts", f"{_TRIGGER}.endTime", "use a later end, or leave it out")


@rule("ml-schedule-monitor-size", kind="static",
      source=f"MicrosoftDocs/azure-ai-docs reference-yaml-monitor.md, Monitor definition {_CHECKED}")  # fmt: skip
def monitor_size(request: Request) -> Iterator[Fault]:
    """Monitors run on a few sizes of serverless Spark machines."""
    size = request.known(_MONITOR)
    if isinstance(size, str) and size.lower() not in _SPARK_SIZES:
        yield Fault(f"a monitor can't run on {size}", _MONITOR, f"use one of {', '.join(_SPARK_SIZES)}")


SCHEDULE_RULES: Final[tuple[Rule, ...]] = (cron_expression, recurrence, ends_after_it_starts, monitor_size)
