"""Microsoft.Insights/privateLinkScopes/scopedResources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from simulator.ids import looks_like_id, type_of
from simulator.model import Model, Request
from simulator.rule import Fault, rule

_SCOPED: Final = frozenset(
    {
        "microsoft.insights/components",
        "microsoft.insights/datacollectionendpoints",
        "microsoft.monitor/accounts",
        "microsoft.operationalinsights/workspaces",
    }
)


@rule("mon-ampls-scoped-type", kind="static",
      source="MicrosoftDocs/azure-monitor-docs private-link-security.md (code not confirmed)")  # fmt: skip
def resource_is_of_azure_monitor(request: Request) -> Iterator[Fault]:
    """Workspaces, components and endpoints of Azure Monitor lie in a scope."""
    linked = request.known("linkedResourceId")
    if isinstance(linked, str) and looks_like_id(linked) and type_of(linked).lower() not in _SCOPED:
        yield Fault(f"{type_of(linked)} is nothing that a scope holds", "linkedResourceId",
                    "link a workspace, an Application Insights component or a data collection endpoint")  # fmt: skip


class PrivateLinkScopedResources(Model):
    """A resource in the scope of a private link."""

    token = "azure-native:monitor:PrivateLinkScopedResource"
    rules = (resource_is_of_azure_monitor,)

    def defaults(self, request: Request) -> dict[str, Any]:
        """A resource, not a region's metrics."""
        return {"kind": "Resource"}

    def outputs(self, request: Request) -> dict[str, Any]:
        """That it is done."""
        return {"provisioningState": "Succeeded"}
