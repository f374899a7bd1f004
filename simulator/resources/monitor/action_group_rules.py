"""What Azure Monitor refuses in action groups."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simulator.model import Request
from simulator.resources.monitor.diagnostic_rules import items
from simulator.rule import Fault, Rule, rule

_LIMITS: Final = "MicrosoftDocs/azure-monitor-docs azure-monitor-limits-action-groups.md (checked 2026-11-25)"
# How many receivers of a kind a group may have.
_MOST: Final = {
    "armRoleReceivers": 10, "automationRunbookReceivers": 10, "azureAppPushReceivers": 10, "emailReceivers": 1000,
    "eventHubReceivers": 10, "itsmReceivers": 10, "logicAppReceivers": 10, "smsReceivers": 10, "voiceReceivers": 10,
}  # fmt: skip
_NAMED: Final = (*_MOST, "azureFunctionReceivers", "webhookReceivers")


@rule("mon-action-short-name", kind="static", code="GroupShortNameIsTooLong", quoted=True,
      source="Azure/AzureMonitorStarterPacks#109")  # fmt: skip
def short_name_is_short(request: Request) -> Iterator[Fault]:
    """It stands in text messages."""
    name = request.known("groupShortName")
    if isinstance(name, str) and len(name) > 12:
        yield Fault(
            f"The action group short name '{name}' is too long. Please specify a short name with '12' or less "
            "characters.",
            "groupShortName",
        )


@rule("mon-action-receivers", kind="static", source=_LIMITS)
def receivers_are_few(request: Request) -> Iterator[Fault]:
    """Ten receivers of a kind; 1,000 addresses."""
    for kind, most in _MOST.items():
        found = request.known(kind)
        if isinstance(found, list) and len(found) > most:
            yield Fault(f"{len(found)} receivers", kind, f"use {most} at most, or another action group")


@rule("mon-action-receiver-names", kind="static",
      source="azure-rest-api-specs actionGroups_API.json, names of receivers (code not confirmed)")  # fmt: skip
def receivers_have_names_of_their_own(request: Request) -> Iterator[Fault]:
    """No two receivers of a group are called the same, whatever their kind."""
    seen: set[str] = set()
    for kind in _NAMED:
        for index, item in enumerate(items(request.at(kind))):
            name = item.get("name")
            if isinstance(name, str) and name.lower() in seen:
                yield Fault(f"two receivers are called '{name}'", f"{kind}[{index}].name", "give each its own name")
            if isinstance(name, str):
                seen.add(name.lower())


@rule("mon-action-email", kind="static", source=_LIMITS)
def addresses_are_addresses(request: Request) -> Iterator[Fault]:
    """An address has one @ and 64 characters at most."""
    for index, item in enumerate(items(request.at("emailReceivers"))):
        address = item.get("emailAddress")
        if isinstance(address, str) and (address.count("@") != 1 or len(address) > 64):
            yield Fault(f"'{address}' is no e-mail address", f"emailReceivers[{index}].emailAddress")


@rule("mon-action-runbook-name", kind="static", code="AutomationRunbookReceiverNameIsNullOrEmpty", quoted=True,
      source="MicrosoftDocs/azure-docs#37405 (checked 2026-11-25)")  # fmt: skip
def runbook_receivers_have_names(request: Request) -> Iterator[Fault]:
    """A receiver of the kind runbook needs a name, although its type says that it may lack one."""
    for index, item in enumerate(items(request.at("automationRunbookReceivers"))):
        if item.get("name") in (None, ""):
            yield Fault("AutomationRunbookReceiverNameIsNullOrEmpty", f"automationRunbookReceivers[{index}].name")


@rule("mon-action-secure-webhook", kind="static",
      source="azurerm 2026-08-21 monitor_action_group aad_auth.object_id (code not confirmed)")  # fmt: skip
def secure_webhooks_say_for_whom(request: Request) -> Iterator[Fault]:
    """A webhook that authenticates names the application that it authenticates for."""
    for index, item in enumerate(items(request.at("webhookReceivers"))):
        if item.get("useAadAuth") is True and item.get("objectId") is None:
            yield Fault("a secure webhook without an application", f"webhookReceivers[{index}].objectId", "name it")


ACTION_GROUP_RULES: Final[tuple[Rule, ...]] = (
    short_name_is_short, receivers_are_few, receivers_have_names_of_their_own, addresses_are_addresses,
    runbook_receivers_have_names, secure_webhooks_say_for_whom,
)  # fmt: skip
