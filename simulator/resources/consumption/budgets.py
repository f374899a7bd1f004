"""Microsoft.Consumption/budgets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from simulator.errors import Refusal
from simulator.model import Model, Request
from simulator.values import at


class Budgets(Model):
    """A budget with its alerts."""

    token = "azure-native:consumption:Budget"

    def outputs(self, request: Request) -> dict[str, Any]:
        """Nothing has been spent in a simulated subscription."""
        return {"currentSpend": {"amount": 0.0, "unit": "CAD"}, "forecastSpend": {"amount": 0.0, "unit": "CAD"}}

    def refusals(self, request: Request) -> Iterator[Refusal]:
        """Starts on the first of a month, and never at another time afterwards."""
        start = request.known("timePeriod.startDate")
        if isinstance(start, str) and not _is_first_of_month(start):
            yield Refusal(
                "400",
                f"the start date {start} of budget '{request.name}' is not the first day of a month",
                target="timePeriod.startDate",
                fix="use the first of a month, for example 2026-01-01T00:00:00Z",
            )
        before = at(request.old.body, "timePeriod.startDate") if request.old is not None else None
        if before is not None and start is not None and before != start:
            yield Refusal(
                "400",
                "Start date of budgets cannot be updated. Please delete and create a new budget.",
                target="timePeriod.startDate",
                fix=f"keep {before}",
                quoted=True,
            )


def _is_first_of_month(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).day == 1
    except ValueError:
        return False
