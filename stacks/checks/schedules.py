"""Calendars of Azure ML: what a crontab expression says, and what Azure ML reads in it.

Azure ML ignores the day of the month and the month, and takes every one of them: how-to-schedule-pipeline-job.md of
MicrosoftDocs/azure-ai-docs ("values passed for these parameters are ignored", read 2026-11-25).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stacks.problems import Problem, SettingPath
from stacks.settings import Settings

_DAY_NAMES = "SUN|MON|TUE|WED|THU|FRI|SAT"
_FIELDS = (("minutes", 59, r"[0-9]+"), ("hours", 23, r"[0-9]+"), ("days of the week", 6, rf"[0-9]+|{_DAY_NAMES}"))
_NUMBERED = (0, 1, 4)
"""Where minutes, hours and days of the week stand among the five fields."""


def _jobs(settings: Settings) -> Iterator[tuple[SettingPath, str]]:
    wanted = settings.machine_learning
    for name, training in wanted.training.items():
        yield ("machine_learning", "training", name, "cron"), training.cron
    for name, monitor in wanted.monitors.items():
        yield ("machine_learning", "monitors", name, "cron"), monitor.cron


def _instances(settings: Settings) -> Iterator[tuple[SettingPath, str]]:
    for name, each in settings.machine_learning.compute_instances.items():
        for field, cron in () if each.hours is None else (("start", each.hours.start), ("stop", each.hours.stop)):
            if cron is not None:
                yield ("machine_learning", "compute_instances", name, "hours", field), cron


def jobs_run_on_days_that_azure_reads(settings: Settings) -> Iterator[Problem]:
    """No schedule relies on the day of the month or the month."""
    for path, cron in _jobs(settings):
        _, _, day, month, _ = cron.split()
        if (day, month) != ("*", "*"):
            yield Problem(
                path=path,
                what=f'"{cron}" names a day of the month or a month, and Azure ML reads neither.',
                follows="It would run on every day that the last field allows, and each run is paid for.",
                fix="Write * for both; for once a month let the job itself look at the date.",
            )


def calendars_name_times_that_exist(settings: Settings) -> Iterator[Problem]:
    """Minutes, hours and days of the week are such."""
    for path, cron in (*_jobs(settings), *_instances(settings)):
        fields = cron.split()
        for place, (name, highest, value) in zip(_NUMBERED, _FIELDS, strict=True):
            text = fields[place]
            span = rf"(\*|({value})(-({value}))?)(/[0-9]+)?"
            formed = re.fullmatch(rf"{span}(,{span})*", text, re.IGNORECASE) is not None
            if not formed or any(int(number) > highest for number in re.findall(r"[0-9]+", text)):
                yield Problem(
                    path=path,
                    what=f"{text} is no value for {name}: 0 to {highest}, *, ranges, lists and steps.",
                    follows="Azure ML refuses the schedule.",
                    fix='Correct it, such as "15 6 * * 1": a quarter past six on Mondays.',
                )


CHECKS = (jobs_run_on_days_that_azure_reads, calendars_name_times_that_exist)
