"""Maintenance: when AKS may work on a cluster by itself.

Owns the three configurations that AKS knows: Kubernetes upgrades, node images, and AKS's weekly releases of control
plane and add-ons. `components.aks.cluster` makes them its children; what is upgraded (the channels) is the cluster's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from pulumi import Input, Resource, ResourceOptions
from pulumi_azure_native import containerservice as aks

CONFIGURATIONS: Mapping[str, str] = MappingProxyType(
    {
        "upgrade": "aksManagedAutoUpgradeSchedule",
        "node-os": "aksManagedNodeOSUpgradeSchedule",
        "releases": "default",
    }
)
"""Logical name -> the name that AKS knows; under any other name nothing would read the configuration."""
SHORTEST_HOURS = 4
"""AKS ends nothing that is half-way, and asks for four hours (azure-aks-docs planned-maintenance.md, 2026-08)."""


@dataclass(frozen=True, kw_only=True)
class Window:
    """Weekly. `start` is HH:MM local, `utc_offset` ±HH:MM."""

    day: str
    start: str
    duration_hours: int
    utc_offset: str


@dataclass(frozen=True, kw_only=True)
class Maintenance:
    """`freezes`: first and last day of spans in which nothing is upgraded."""

    upgrade: Window
    node_os: Window
    releases: Window
    freezes: tuple[tuple[date, date], ...]

    @property
    def windows(self) -> Mapping[str, Window]:
        """By logical name."""
        return {"upgrade": self.upgrade, "node-os": self.node_os, "releases": self.releases}


def problems(maintenance: Maintenance) -> list[str]:
    """Every reason why AKS would refuse the windows."""
    short = [
        f"the window {name} of {window.duration_hours} hours: AKS needs at least {SHORTEST_HOURS}"
        for name, window in maintenance.windows.items()
        if window.duration_hours < SHORTEST_HOURS
    ]
    backwards = [(first, last) for first, last in maintenance.freezes if last < first]
    return short + [f"a freeze from {first} to {last} ends before it begins" for first, last in backwards]


def configure(
    prefix: str,
    maintenance: Maintenance,
    cluster: aks.ManagedCluster,
    resource_group_name: Input[str],
    parent: Resource,
) -> None:
    """The three configurations, one after another: AKS locks the cluster while it writes one of them."""
    before: list[Resource] = []
    for key, window in maintenance.windows.items():
        made = aks.MaintenanceConfiguration(
            f"{prefix}-mc-{key}",
            config_name=CONFIGURATIONS[key],
            resource_name_=cluster.name,
            resource_group_name=resource_group_name,
            maintenance_window=_window(window, maintenance.freezes),
            opts=ResourceOptions(parent=parent, depends_on=before),
        )
        before = [made]


def _window(window: Window, freezes: tuple[tuple[date, date], ...]) -> aks.MaintenanceWindowArgs:
    spans = [aks.DateSpanArgs(start=first.isoformat(), end=last.isoformat()) for first, last in freezes]
    return aks.MaintenanceWindowArgs(
        schedule=aks.ScheduleArgs(weekly=aks.WeeklyScheduleArgs(day_of_week=window.day, interval_weeks=1)),
        start_time=window.start,
        duration_hours=window.duration_hours,
        utc_offset=window.utc_offset,
        not_allowed_dates=spans or None,
    )
