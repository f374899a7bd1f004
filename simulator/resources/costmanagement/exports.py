"""Microsoft.CostManagement/exports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from simulator.ids import looks_like_id, type_of
from simulator.model import TENANT, Model, Request, guid
from simulator.rule import Fault, rule

_SPEC: Final = "azure-native 3 docs of Export (code not confirmed)"


@rule("cost-export-custom", kind="static", source=_SPEC, reads=("definition.timeframe",))
def custom_times_are_given(request: Request) -> Iterator[Fault]:
    """A time frame of one's own has a start and an end, and no other frame has."""
    custom, given = request.known("definition.timeframe") == "Custom", request.at("definition.timePeriod")
    if custom and given is None:
        yield Fault("the time frame Custom without its times", "definition.timePeriod", "say from when to when")


@rule("cost-export-schedule", kind="static", source=_SPEC)
def schedules_have_a_period(request: Request) -> Iterator[Fault]:
    """What recurs says from when on, and ends after that."""
    if request.known("schedule.status") != "Active":
        return
    if request.at("schedule.recurrence") is None:
        yield Fault("an active schedule that does not recur", "schedule.recurrence", "use Daily, Weekly or Monthly")
    elif request.at("schedule.recurrencePeriod") is None:
        yield Fault("a recurrence from no time on", "schedule.recurrencePeriod", "say from when on")
    start, end = (_date(request.known(f"schedule.recurrencePeriod.{side}")) for side in ("from", "to"))
    if start is not None and end is not None and end <= start:
        yield Fault("the recurrence ends before it starts", "schedule.recurrencePeriod", "use a later end")


@rule("cost-export-sink", kind="static", source=_SPEC)
def sink_is_storage(request: Request) -> Iterator[Fault]:
    """Costs are exported to a storage account."""
    value = request.known("deliveryInfo.destination.resourceId")
    if (
        isinstance(value, str)
        and looks_like_id(value)
        and type_of(value).lower() != "microsoft.storage/storageaccounts"
    ):
        yield Fault(f"an export to a {type_of(value)}", "deliveryInfo.destination.resourceId", "name a storage account")


class Exports(Model):
    """Costs, written to a storage account now and then."""

    token = "azure-native:costmanagement:Export"
    rules = (sink_is_storage, custom_times_are_given, schedules_have_a_period)

    def defaults(self, request: Request) -> dict[str, Any]:
        """A table as text."""
        return {"format": "Csv"}

    def outputs(self, request: Request) -> dict[str, Any]:
        """The first run of an active schedule, and who the export is."""
        is_active = request.at("schedule.status") == "Active"
        found: dict[str, Any] = {
            "nextRunTimeEstimate": request.at("schedule.recurrencePeriod.from") if is_active else None
        }
        if request.at("identity.type") == "SystemAssigned":
            found["identity"] = {"principalId": guid(request.id, "principal"), "tenantId": TENANT}
        return found


def _date(text: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
