"""Microsoft.DataFactory/factories/managedVirtualNetworks/managedPrivateEndpoints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from simulator.model import Model, Request
from simulator.rule import Fault, rule

_TARGET: Final = "properties.privateLinkResourceId"


@rule(
    "adf-endpoint-target", kind="static",
    source="Microsoft.DataFactory/managedPrivateEndpoints reference (2018-06-01; code not confirmed)",
)  # fmt: skip
def endpoint_leads_somewhere(request: Request) -> Iterator[Fault]:
    """An endpoint names what it leads to."""
    if request.at(_TARGET) is None:
        yield Fault("the endpoint names no resource", _TARGET, "write the id of the resource")


_WAITS: Final = {"status": "Pending", "description": "", "actionsRequired": "None"}


class ManagedPrivateEndpoints(Model):
    """A private endpoint in the network that the factory manages; its owner has to approve it."""

    token = "azure-native:datafactory:ManagedPrivateEndpoint"
    rules = (endpoint_leads_somewhere,)

    def outputs(self, request: Request) -> dict[str, Any]:
        """It waits for the approval."""
        return {"properties": {"provisioningState": "Succeeded", "connectionState": _WAITS}}
