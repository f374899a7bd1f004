"""Logs, metrics and alerts."""

from __future__ import annotations

from pydantic import Field

from stacks.sections.section import Section
from stacks.types import Email, Fqdn, MlName, UrlPath, Webhook


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


class AlertSettings(Section):
    """From when on an alert fires."""

    up_to_severity: int = Field(
        default=3,
        ge=0,
        le=4,
        description="Optional. Alerts that are made: from 0 (critical) to this severity.",
    )
    gpu_idle_hours: int = Field(default=2, ge=1, le=24, description="Optional. Hours that a GPU may idle.")
    gpu_idle_percent: int = Field(default=5, ge=1, le=50, description="Optional. Below it a GPU counts as idle.")
    gpu_hot_celsius: int = Field(default=85, ge=60, le=100, description="Optional. Temperature of a hot GPU.")
    gpu_pending_minutes: int = Field(
        default=30,
        ge=5,
        le=240,
        description="Optional. Minutes that a pod may wait for a GPU.",
    )
    model_p95_seconds: float = Field(
        default=1, gt=0, le=300, description="Optional. Above it a model is slow: the time of one answer in twenty."
    )
    model_drift_score: float = Field(
        default=0.3,
        gt=0,
        le=1,
        description="Optional. A feature with a higher score drifts; 0: no drift.",
    )


class GrafanaSettings(Section):
    """Managed Grafana, on the metrics of the cluster."""

    zone_redundancy: bool = Field(
        default=False, description="Optional. Survives the loss of a zone; can't change after creation."
    )


class AvailabilityTestSettings(Section):
    """A public address that Azure asks every five minutes, from outside Canada."""

    host: Fqdn = Field(description="Required. Name that the internet resolves and reaches; no service of the platform.")
    path: UrlPath = Field(default="/health", description="Optional. What is asked for, over https.")
    status: int = Field(
        default=200, ge=200, le=499, description="Optional. Status of the answer; no redirect is followed."
    )


class MonitoringSettings(Section):
    """Log Analytics and Application Insights."""

    retention_days: int = Field(default=90, ge=30, le=730, description="Optional. Interactive retention.")
    contacts: ContactsSettings = Field(default=ContactsSettings(), description="Optional. Who is told of alerts.")
    alerts: AlertSettings = Field(default=AlertSettings(), description="Optional. From when on alerts fire.")
    dashboards: bool = Field(
        default=True, description="Optional. Dashboards over the cluster's metrics; need `cluster.managed_prometheus`."
    )
    grafana: GrafanaSettings | None = Field(default=None, description="Optional. Managed Grafana; absent: off.")
    availability_tests: dict[MlName, AvailabilityTestSettings] = Field(
        default={},
        description="Optional. Public addresses, by name, such as a site of the edge that the hub publishes; empty: "
        "nothing is public.",
    )
    daily_cap_gb: float | None = Field(
        default=None, gt=0, description="Optional. Ingestion stops above it; absent: no cap."
    )
