"""Cost and governance."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from stacks.sections.section import Section
from stacks.types import Email, Percent


class BudgetSettings(Section):
    """The monthly budget of the environment's resource groups."""

    monthly_amount: int = Field(gt=0, description="Required. In the billing currency (CAD).")
    start_date: date = Field(
        description="Required. First day of a month, in quotes; fixed, or every `up` would move it."
    )
    contacts: tuple[Email, ...] = Field(min_length=1, description="Required. Who is told.")
    actual_thresholds: tuple[Percent, ...] = Field(
        default=(50, 80, 100), description="Optional. Percent of actual cost."
    )
    forecast_thresholds: tuple[Percent, ...] = Field(default=(100,), description="Optional. Percent of forecast cost.")
