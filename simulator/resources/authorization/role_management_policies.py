"""Microsoft.Authorization/roleManagementPolicies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from simulator.model import CREATED, Model, Request
from simulator.resources.monitor.diagnostic_rules import items
from simulator.rule import Fault, rule

_PAGE: Final = "learn.microsoft.com rest/api/authorization/privileged-role-policy-rest-sample (code not confirmed)"
_GUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_HOURS: Final = re.compile(r"PT(\d+)H")
_LONGEST_HOURS: Final = 24


@rule("pim-policy-name", kind="static", code="RoleManagementPolicyNotFound", source=_PAGE)
def policy_is_azures_own(request: Request) -> Iterator[Fault]:
    """Azure makes one policy for each role at each scope, with a GUID for a name; nobody else makes any."""
    if _GUID.fullmatch(request.name) is None:
        yield Fault(
            f"there is no policy '{request.name}'", "roleManagementPolicyName", "name the one of the role at the scope"
        )


@rule("pim-activation-hours", kind="static", code="InvalidPolicyRule", source=_PAGE)
def activations_end_within_a_day(request: Request) -> Iterator[Fault]:
    """An activation lasts 24 hours at most."""
    for index, each in enumerate(items(request.at("rules"))):
        found = _HOURS.fullmatch(str(each.get("maximumDuration")))
        if each.get("id") == "Expiration_EndUser_Assignment" and found and int(found[1]) > _LONGEST_HOURS:
            yield Fault(f"an activation of {found[1]} hours", f"rules.{index}.maximumDuration", "use PT24H or less")


@rule("pim-approvers", kind="static", code="InvalidPolicyRule", source=_PAGE)
def approvals_have_approvers(request: Request) -> Iterator[Fault]:
    """Where an approval is asked for, somebody can give it."""
    for index, each in enumerate(items(request.at("rules"))):
        setting = each.get("setting")
        if not isinstance(setting, dict) or setting.get("isApprovalRequired") is not True:
            continue
        stages = items(setting.get("approvalStages"))
        if not any(stage.get("primaryApprovers") for stage in stages):
            yield Fault("an approval that nobody can give", f"rules.{index}.setting", "name primaryApprovers")


class RoleManagementPolicies(Model):
    """What an activation of one role at one scope asks for."""

    token = "azure-native:authorization:RoleManagementPolicy"
    rules = (policy_is_azures_own, activations_end_within_a_day, approvals_have_approvers)

    def outputs(self, request: Request) -> dict[str, Any]:
        """When it was changed."""
        return {"lastModifiedDateTime": CREATED}
