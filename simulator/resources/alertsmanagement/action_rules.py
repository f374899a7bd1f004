"""Microsoft.AlertsManagement/actionRules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from simulator.ids import subscription_of
from simulator.model import Model, Request
from simulator.resources.monitor.diagnostic_rules import items
from simulator.resources.monitor.region_rules import not_global
from simulator.rule import Fault, rule
from simulator.values import has_unknown

_AZURERM: Final = "azurerm 2026-08-21 alert_processing_rule (code not confirmed)"
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
# A time of the rule's own time zone: without an offset.
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


@rule("apr-location", kind="static", code="LocationNotAvailableForResourceType",
      source="azurerm 2026-08-21 alert_processing_rule (global)")  # fmt: skip
def lies_nowhere(request: Request) -> Iterator[Fault]:
    """Alerts are processed in no region."""
    yield from not_global(request, "Microsoft.AlertsManagement/actionRules")


@rule("apr-name", kind="static", source=_AZURERM)
def name_is_valid(request: Request) -> Iterator[Fault]:
    """A name has letters, digits, underscores and hyphens, and begins with a letter or digit."""
    if _NAME.fullmatch(request.name) is None:
        yield Fault(f"'{request.name}' is no name for an alert processing rule", "alertProcessingRuleName")


@rule("apr-scope", kind="static", source="azure-rest-api-specs AlertProcessingRules.json (code not confirmed)")
def scopes_are_of_one_subscription(request: Request) -> Iterator[Fault]:
    """Scopes lie in the subscription of the rule."""
    own = subscription_of(request.id)
    scopes = request.known("properties.scopes")
    if isinstance(scopes, list) and not has_unknown(scopes):
        if not scopes:
            yield Fault("no scope", "properties.scopes", "name the subscription, a group or a resource")
        for scope in scopes:
            if isinstance(scope, str) and subscription_of(scope) not in (own, None):
                yield Fault(f"{scope} lies in another subscription", "properties.scopes", "make a rule there")


@rule("apr-schedule", kind="static", source=_AZURERM)
def times_have_no_offset(request: Request) -> Iterator[Fault]:
    """Times are those of the rule's time zone, and the end comes after the start."""
    times = [request.known(f"properties.schedule.{name}") for name in ("effectiveFrom", "effectiveUntil")]
    for name, text in zip(("effectiveFrom", "effectiveUntil"), times, strict=True):
        if isinstance(text, str) and _TIME.fullmatch(text) is None:
            yield Fault(f"{text} is no local time", f"properties.schedule.{name}",
                        "write 2026-12-01T08:00:00, without an offset or Z")  # fmt: skip
    first, last = times
    if isinstance(first, str) and isinstance(last, str) and _TIME.fullmatch(first) and last <= first:
        yield Fault(f"it ends {last}, before it starts", "properties.schedule.effectiveUntil", "use a later time")


@rule("apr-action", kind="static", source="azure-rest-api-specs AlertProcessingRules.json (code not confirmed)")
def adds_groups_or_removes_all(request: Request) -> Iterator[Fault]:
    """Groups are added by name; where all are removed, none is named."""
    for index, each in enumerate(items(request.at("properties.actions"))):
        if each.get("actionType") == "AddActionGroups" and each.get("actionGroupIds") == []:
            yield Fault("no action group is added", f"properties.actions[{index}].actionGroupIds", "name one")


class ActionRules(Model):
    """An alert processing rule: adds action groups to alerts or keeps them silent."""

    token = "azure-native:alertsmanagement:AlertProcessingRuleByName"
    rules = (lies_nowhere, name_is_valid, scopes_are_of_one_subscription, times_have_no_offset,
             adds_groups_or_removes_all)  # fmt: skip

    def defaults(self, request: Request) -> dict[str, Any]:
        """A rule that is on."""
        return {"properties": {"enabled": True}}
