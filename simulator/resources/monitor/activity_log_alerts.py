"""Microsoft.Insights/activityLogAlerts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from simulator.model import Model, Request
from simulator.resources.monitor.diagnostic_rules import items
from simulator.resources.monitor.region_rules import not_global
from simulator.rule import Fault, rule
from simulator.values import has_unknown

_SPEC: Final = "azure-rest-api-specs activityLogAlerts_API.json 2020-10-01 (code not confirmed)"
_REGIONS: Final = ("westeurope", "northeurope", "eastus2euap")


@rule("mon-activity-location", kind="static", code="LocationNotAvailableForResourceType",
      source="azurerm 2026-08-21 monitor_activity_log_alert: global, westeurope, northeurope, eastus2euap")  # fmt: skip
def lies_nowhere(request: Request) -> Iterator[Fault]:
    """The activity log is that of the whole subscription."""
    yield from not_global(request, "Microsoft.Insights/activityLogAlerts", _REGIONS)


@rule("mon-activity-category", kind="static", source=_SPEC, reads=("condition.allOf",))
def has_a_category(request: Request) -> Iterator[Fault]:
    """One of the conditions is about the category of the events."""
    conditions = items(request.at("condition.allOf"))
    if not any(str(item.get("field")).lower() == "category" for item in conditions):
        yield Fault("no condition on the field `category`", "condition.allOf",
                    "add one, for example {field: category, equals: Administrative}")  # fmt: skip


@rule("mon-activity-condition", kind="static", source=_SPEC)
def conditions_compare_once(request: Request) -> Iterator[Fault]:
    """A condition has a field and one comparison, or is a choice of such conditions."""
    for index, item in enumerate(items(request.at("condition.allOf"))):
        used = [name for name in ("equals", "containsAny", "anyOf") if item.get(name) is not None]
        if len(used) != 1:
            yield Fault(
                f"a condition with {', '.join(used) if used else 'nothing to compare with'}",
                f"condition.allOf[{index}]",
                "use one of equals, containsAny and anyOf",
            )


@rule("mon-activity-scopes", kind="static", source=_SPEC)
def has_a_scope(request: Request) -> Iterator[Fault]:
    """Scopes are ids of subscriptions, groups or resources, and there is one at least."""
    scopes = request.known("scopes")
    if isinstance(scopes, list) and not has_unknown(scopes):
        if not scopes:
            yield Fault("no scope", "scopes", "name the subscription")
        for scope in scopes:
            if not str(scope).lower().startswith(("/subscriptions/", "/providers/")):
                yield Fault(f"'{scope}' is no id of a scope", "scopes", "use /subscriptions/<id>…")


class ActivityLogAlerts(Model):
    """An alert on what happened in a subscription."""

    token = "azure-native:monitor:ActivityLogAlert"
    rules = (lies_nowhere, has_a_scope, has_a_category, conditions_compare_once)

    def defaults(self, request: Request) -> dict[str, Any]:
        """An alert that is on."""
        return {"enabled": True}
