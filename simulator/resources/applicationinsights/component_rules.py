"""What Application Insights refuses in a component."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simulator.ids import looks_like_id, type_of
from simulator.model import Request
from simulator.rule import Fault, Rule, rule

_AZURERM: Final = "azurerm 2026-08-21 application_insights (code not confirmed)"
_WORKSPACE: Final = "Microsoft.OperationalInsights/workspaces"
_DAYS: Final = (30, 60, 90, 120, 180, 270, 365, 550, 730)


@rule("appi-retention", kind="static", source=_AZURERM)
def retention_is_offered(request: Request) -> Iterator[Fault]:
    """Data is kept for one of nine periods."""
    days = request.known("retentionInDays")
    if isinstance(days, int) and days not in _DAYS:
        yield Fault(f"a retention of {days} days", "retentionInDays", f"use one of {', '.join(map(str, _DAYS))}")


@rule("appi-sampling", kind="static", source=_AZURERM)
def sampling_is_a_percentage(request: Request) -> Iterator[Fault]:
    """0 to 100 percent of the telemetry is kept."""
    value = request.known("samplingPercentage")
    if isinstance(value, int | float) and not 0 <= value <= 100:
        yield Fault(f"a sampling of {value} percent", "samplingPercentage", "use 0 to 100")


@rule("appi-workspace-type", kind="static", source=_AZURERM)
def workspace_is_a_workspace(request: Request) -> Iterator[Fault]:
    """Telemetry is kept in a Log Analytics workspace, not in one of another service."""
    value = request.known("workspaceResourceId")
    named = type_of(value).lower() if isinstance(value, str) and looks_like_id(value) else _WORKSPACE.lower()
    if named != _WORKSPACE.lower():
        yield Fault(f"workspaceResourceId names a {named}", "workspaceResourceId", f"name a {_WORKSPACE}")


COMPONENT_RULES: Final[tuple[Rule, ...]] = (workspace_is_a_workspace, retention_is_offered, sampling_is_a_percentage)
