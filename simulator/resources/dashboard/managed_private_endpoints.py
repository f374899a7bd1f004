"""Microsoft.Dashboard/grafana/managedPrivateEndpoints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from simulator.model import Model, Request
from simulator.rule import Fault, rule

_SOURCE: Final = "azurerm 2026-08-21 dashboard_grafana_managed_private_endpoint (code not confirmed)"


@rule("grafana-endpoint-target", kind="static", source=_SOURCE)
def leads_somewhere(request: Request) -> Iterator[Fault]:
    """The endpoint leads to a resource."""
    if request.at("privateLinkResourceId") is None:
        yield Fault("an endpoint to nothing", "privateLinkResourceId", "name the resource")


class ManagedPrivateEndpoints(Model):
    """A private way from Grafana to a resource, which its owner approves."""

    token = "azure-native:dashboard:ManagedPrivateEndpoint"
    rules = (leads_somewhere,)

    def outputs(self, request: Request) -> dict[str, Any]:
        """It waits for the approval of whom the resource belongs to."""
        return {
            "connectionState": {"status": "Pending", "description": ""},
            "privateLinkServicePrivateIP": "",
            "provisioningState": "Succeeded",
        }
