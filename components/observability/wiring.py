"""From settings to observability: where logs, metrics and alerts go."""

from __future__ import annotations

from components.context import Context
from components.observability.observability import Observability, ObservabilityArgs


def build(context: Context) -> Observability:
    """What every other area sends to; the first thing that stands."""
    wanted = context.settings.monitoring
    args = ObservabilityArgs(
        placement=context.placement,
        resource_group_name=context.group_name("observability"),
        retention_days=wanted.retention_days,
        daily_cap_gb=wanted.daily_cap_gb,
    )
    return Observability(f"{context.prefix}-observability", args, context.child)
