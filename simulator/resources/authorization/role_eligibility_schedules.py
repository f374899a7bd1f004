"""Microsoft.Authorization/roleEligibilitySchedules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from simulator.model import CREATED, Model, Request, guid
from simulator.resources.authorization.assignment_rules import (
    condition_is_of_version_two,
    principal_is_a_guid,
    role_is_a_guid,
    scope_is_an_id,
)
from simulator.rule import Fault, rule

_AZURERM: Final = "azurerm 2026-08-21 pim_eligible_role_assignment (code not confirmed)"
_EXPIRATION: Final = "scheduleInfo.expiration"
_DURATION: Final = re.compile(r"P(?=.)(\d+[YMWD])*(T(\d+[HMS])+)?")
# What an end needs, and what of the other kinds it must not say.
_NEEDS: Final = {"AfterDuration": "duration", "AfterDateTime": "endDateTime"}


@rule("pim-eligibility-end", kind="static", source=_AZURERM, reads=(f"{_EXPIRATION}.type",))
def ends_as_it_says(request: Request) -> Iterator[Fault]:
    """An eligibility ends after a duration or at a time, and says which; or it never ends and says neither."""
    kind = request.known(f"{_EXPIRATION}.type")
    for each, name in _NEEDS.items():
        given = request.at(f"{_EXPIRATION}.{name}") is not None
        if kind == each and not given:
            yield Fault(f"{kind} without {name}", f"{_EXPIRATION}.{name}", f"say {name}")
        elif kind in (*_NEEDS, "NoExpiration") and kind != each and given:
            yield Fault(f"{name} of an eligibility that is {kind}", f"{_EXPIRATION}.{name}", f"use the type {each}")


@rule("pim-eligibility-duration", kind="static", source=_AZURERM)
def duration_is_one(request: Request) -> Iterator[Fault]:
    """A duration is written as ISO 8601 has it."""
    path = f"{_EXPIRATION}.duration"
    text = request.known(path)
    if isinstance(text, str) and _DURATION.fullmatch(text) is None:
        yield Fault(f"'{text}' is no duration", path, "write P365D or PT8H")


class RoleEligibilitySchedules(Model):
    """A role that somebody may activate for some hours, and does not hold until then."""

    token = "azure-native:authorization:PimRoleEligibilitySchedule"
    rules = (
        scope_is_an_id, principal_is_a_guid, role_is_a_guid, condition_is_of_version_two, ends_as_it_says,
        duration_is_one,
    )  # fmt: skip

    def outputs(self, request: Request) -> dict[str, Any]:
        """When it was made, by whom and for whom, and that it is in force; nobody has to approve it."""
        return {
            "approvalId": "",
            # REST reference of Authorization, Role Eligibility Schedule Requests (not re-read).
            "azureApiVersion": "2020-10-01",
            "createdOn": CREATED,
            "principalType": "Group",  # what the platform makes eligible; a request does not say
            "requestorId": guid(request.id, "requestor"),
            "requestType": "AdminAssign",
            "status": "Provisioned",
            "targetRoleEligibilityScheduleId": guid(request.id, "schedule"),
            "targetRoleEligibilityScheduleInstanceId": guid(request.id, "instance"),
        }
