"""Logs, metrics and alerts."""

from __future__ import annotations

from pydantic import Field

from stacks.sections.section import Section


class MonitoringSettings(Section):
    """Log Analytics and Application Insights."""

    retention_days: int = Field(default=90, ge=30, le=730, description="Optional. Interactive retention.")
    daily_cap_gb: float | None = Field(
        default=None, gt=0, description="Optional. Ingestion stops above it; absent: no cap."
    )
