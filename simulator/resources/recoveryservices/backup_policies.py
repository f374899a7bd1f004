"""Microsoft.RecoveryServices/vaults/backupPolicies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from simulator.model import Model, Request
from simulator.rule import Fault, rule

_AZURERM: Final = "azurerm backup_policy_vm_resource.go and docs (checked 2026-11-25), code not confirmed"
_CODE: Final = "BMSUserErrorInvalidPolicyInput"
_RETENTION: Final = "properties.retentionPolicy"
_DAILY: Final = f"{_RETENTION}.dailySchedule"
_WEEKLY: Final = f"{_RETENTION}.weeklySchedule"
_INSTANT: Final = "properties.instantRpRetentionRangeInDays"
_FREQUENCY: Final = "properties.schedulePolicy.scheduleRunFrequency"
_MACHINES: Final = "properties.backupManagementType"
_TIMES: Final = "properties.schedulePolicy.scheduleRunTimes"
_CLOCK: Final = re.compile(r"T(\d\d:\d\d)")
_FEWEST_DAYS: Final = 7
# How long snapshots stay with the machine, in a standard and in an enhanced policy.
_SNAPSHOTS: Final = {"V1": 5, "V2": 30}


def _of_machines(request: Request) -> bool:
    return bool(request.known(_MACHINES) == "AzureIaasVM")


@rule("rsp-daily-retention", kind="static", code=_CODE, source=_AZURERM, reads=(_MACHINES,))
def days_are_seven_or_more(request: Request) -> Iterator[Fault]:
    """Daily backups of machines are kept for a week or longer."""
    path = f"{_DAILY}.retentionDuration.count"
    days = request.known(path)
    if _of_machines(request) and isinstance(days, int) and 1 < days < _FEWEST_DAYS:
        yield Fault(f"daily backups are kept for {days} days", path, f"keep them for {_FEWEST_DAYS} days or more")


@rule("rsp-snapshot-days", kind="static", code=_CODE, source=_AZURERM, reads=(_MACHINES, "properties.policyType"))
def snapshots_stay_a_few_days(request: Request) -> Iterator[Fault]:
    """Snapshots stay up to 5 days with a standard policy, up to 30 with an enhanced one; 5 with a weekly one."""
    days, kind = request.known(_INSTANT), request.known("properties.policyType", "V1")
    most = _SNAPSHOTS.get(str(kind))
    if not _of_machines(request) or not isinstance(days, int) or most is None:
        return
    if not 1 <= days <= most:
        yield Fault(f"snapshots of a policy {kind} stay for {days} days", _INSTANT, f"use 1 to {most}")
    elif kind == "V1" and request.known(_FREQUENCY) == "Weekly" and days != most:
        yield Fault(f"snapshots of a weekly policy stay for {days} days", _INSTANT, f"use {most}")


@rule("rsp-retention-of-frequency", kind="static", code=_CODE, source=_AZURERM,
      reads=(_MACHINES, _RETENTION, _FREQUENCY))  # fmt: skip
def what_is_made_is_kept(request: Request) -> Iterator[Fault]:
    """Daily backups have a daily retention, weekly ones a weekly and no daily one."""
    if not _of_machines(request) or request.at(_RETENTION) is None:
        return
    often = request.known(_FREQUENCY)
    if often == "Daily" and request.at(_DAILY) is None:
        yield Fault("daily backups without a daily retention", _RETENTION, "add dailySchedule")
    elif often == "Weekly" and request.at(_WEEKLY) is None:
        yield Fault("weekly backups without a weekly retention", _RETENTION, "add weeklySchedule")
    elif often == "Weekly" and request.at(_DAILY) is not None:
        yield Fault("weekly backups with a daily retention", _RETENTION, "leave dailySchedule out")


@rule("rsp-times", kind="static", code=_CODE, source=_AZURERM, reads=(_MACHINES, _TIMES))
def times_are_the_same(request: Request) -> Iterator[Fault]:
    """A retention says again at what time of the day the backups are made."""
    made = _times_of_day(request.known(_TIMES))
    for path in (_DAILY, _WEEKLY):
        kept = _times_of_day(request.known(f"{path}.retentionTimes"))
        if _of_machines(request) and made and kept and made != kept:
            yield Fault(f"backups are made at {', '.join(made)}, and those of {', '.join(kept)} are kept",
                        f"{path}.retentionTimes", "write the same times as in scheduleRunTimes")  # fmt: skip


def _times_of_day(value: Any) -> list[str]:
    """The hours and minutes of a list of times that are all known; empty for anything else."""
    texts = value if isinstance(value, list) else []
    found = [_CLOCK.search(text) for text in texts if isinstance(text, str)]
    return sorted(match[1] for match in found if match is not None) if len(found) == len(texts) else []


class BackupPolicies(Model):
    """When backups of machines and shares are made, and how long they are kept."""

    token = "azure-native:recoveryservices:ProtectionPolicy"
    rules = (days_are_seven_or_more, snapshots_stay_a_few_days, what_is_made_is_kept, times_are_the_same)
