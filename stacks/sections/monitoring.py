"""Logs, metrics and alerts."""

from __future__ import annotations

from pydantic import Field

from stacks.sections.section import Section
from stacks.types import Email, Webhook


class ContactSettings(Section):
    """Who is told. At least one of the two."""

    emails: tuple[Email, ...] = Field(default=(), max_length=50, description="Conditional. Each address once.")
    webhook: Webhook | None = Field(
        default=None,
        description="Conditional. A web hook of a channel or an on-call service that takes the common alert schema; "
        "a secret: `pulumi config set --secret --path`.",
    )


class ContactsSettings(Section):
    """Who is told of an alert, by how soon somebody must act. Absent: the environment's owner."""

    urgent: ContactSettings | None = Field(default=None, description="Optional. Severity 0 and 1: acts now.")
    routine: ContactSettings | None = Field(default=None, description="Optional. Severity 2: acts within days.")
    notice: ContactSettings | None = Field(default=None, description="Optional. Severity 3 and 4: reads it.")


class MonitoringSettings(Section):
    """Log Analytics and Application Insights."""

    retention_days: int = Field(default=90, ge=30, le=730, description="Optional. Interactive retention.")
    contacts: ContactsSettings = Field(default=ContactsSettings(), description="Optional. Who is told of alerts.")
    daily_cap_gb: float | None = Field(
        default=None, gt=0, description="Optional. Ingestion stops above it; absent: no cap."
    )
