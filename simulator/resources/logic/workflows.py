"""Microsoft.Logic/workflows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.ids import key
from simulator.model import CREATED, Model, Request, digest
from simulator.rule import Fault, rule
from simulator.values import at, has_unknown

_TRIGGERS: Final = (
    "learn.microsoft.com logic-apps/logic-apps-workflow-actions-triggers, recurrence (2026-11-25; code not confirmed)"
)
_IDENTITY: Final = "learn.microsoft.com logic-apps/authenticate-with-managed-identity (2026-11-25; code not confirmed)"
_FREQUENCIES: Final = {"weekDays": ("week",), "hours": ("day", "week"), "minutes": ("day", "week")}


@rule("logic-recurrence", kind="static", code="InvalidTemplate", source=_TRIGGERS)
def recurrences_fit_their_frequency(request: Request) -> Iterator[Fault]:
    """Days of the week need a frequency of weeks; hours and minutes one of days or weeks."""
    for name, trigger in _parts(request, "triggers"):
        frequency, schedule = at(trigger, "recurrence.frequency"), at(trigger, "recurrence.schedule")
        if not isinstance(frequency, str) or not isinstance(schedule, Mapping):
            continue
        for part, fitting in _FREQUENCIES.items():
            if part in schedule and frequency.lower() not in fitting:
                yield Fault(
                    f"the trigger {name} has {part} and recurs each {frequency}",
                    f"definition.triggers.{name}.recurrence.schedule",
                    f"use the frequency {' or '.join(fitting)}",
                )


@rule(
    "logic-identity", kind="static", code="WorkflowManagedIdentityNotSpecified", source=_IDENTITY, reads=("identity",)
)
def actions_sign_in_as_an_identity_of_the_workflow(request: Request) -> Iterator[Fault]:
    """An action signs in as the workflow, and as no identity that the workflow does not have."""
    listed = request.known("identity.userAssignedIdentities", ())
    own = {key(str(each)) for each in listed} if isinstance(listed, list | Mapping) else set()
    for name, action in _parts(request, "actions"):
        signing = at(action, "inputs.authentication")
        if not isinstance(signing, Mapping) or signing.get("type") != "ManagedServiceIdentity" or has_unknown(signing):
            continue
        wanted = signing.get("identity")
        is_own = request.at("identity.type") == "SystemAssigned" if wanted is None else key(str(wanted)) in own
        if not is_own:
            yield Fault(
                f"the action {name} signs in as {wanted or 'the workflow'}, which the workflow is not",
                f"definition.actions.{name}.inputs.authentication",
                "list the identity in `identity`",
            )


def _parts(request: Request, kind: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    listed = at(request.inputs, f"definition.{kind}")
    for name, part in listed.items() if isinstance(listed, Mapping) else ():
        if isinstance(part, Mapping):
            yield name, part


class Workflows(Model):
    """A logic app of the consumption kind: triggers and actions in one definition."""

    token = "azure-native:logic:Workflow"
    rules = (recurrences_fit_their_frequency, actions_sign_in_as_an_identity_of_the_workflow)

    def defaults(self, request: Request) -> dict[str, Any]:
        """A new workflow runs."""
        return {"state": "Enabled"}

    def outputs(self, request: Request) -> dict[str, Any]:
        """Where it is called, and when it was made."""
        number = digest(request.id, "workflow", 32)
        return {
            "accessEndpoint": f"https://prod-00.{request.location}.logic.azure.com:443/workflows/{number}",
            "provisioningState": "Succeeded",
            "version": "08580000000000000000",
            "createdTime": CREATED,
            "changedTime": CREATED,
        }
