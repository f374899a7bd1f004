"""From settings to everything that holds for the environment as a whole, once all of it stands."""

from __future__ import annotations

from pulumi import Input

from components.context import Foundation
from components.governance import records, subscription, wiring
from components.observability.alert import Severity


def build(foundation: Foundation, cluster_id: Input[str]) -> None:
    """Budgets, policies, records, schedules; locks last, because they keep everything before them from deletion."""
    wiring.build_budgets(foundation, (foundation.observability.action_group_ids[Severity.WARNING],))
    subscription.build(foundation)
    records.build(foundation)
    wiring.build_off_hours(foundation, cluster_id)
    wiring.build_locks(foundation)
