"""Microsoft.OperationalInsights/workspaces/linkedServices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from simulator.ids import looks_like_id, type_of
from simulator.model import Model, Request
from simulator.rule import Fault, rule

_AZURERM: Final = "azurerm 2026-08-21 log_analytics_linked_service (code not confirmed)"
# Name of the link, and the input and the type of what is linked.
_LINKS: Final = {
    "cluster": ("writeAccessResourceId", "microsoft.operationalinsights/clusters"),
    "automation": ("resourceId", "microsoft.automation/automationaccounts"),
}


@rule("log-link-one", kind="static", source=_AZURERM, reads=("resourceId", "writeAccessResourceId"))
def links_one_resource(request: Request) -> Iterator[Fault]:
    """A link is to a resource that is read or to one that is written."""
    if (request.at("resourceId") is None) == (request.at("writeAccessResourceId") is None):
        yield Fault("exactly one of resourceId and writeAccessResourceId is needed", "resourceId")


@rule("log-link-type", kind="static", source=_AZURERM, reads=("linkedServiceName",))
def link_is_called_for_its_resource(request: Request) -> Iterator[Fault]:
    """`Cluster` links a cluster, which is written; `Automation` an account, which is read."""
    name, wanted = _LINKS.get(request.name.lower(), ("", ""))
    value = request.known(name) if name else None
    if isinstance(value, str) and looks_like_id(value) and type_of(value).lower() != wanted:
        yield Fault(f"the link {request.name} names a {type_of(value)}", name, f"name one of {wanted}")


class LinkedServices(Model):
    """A cluster or an Automation account that a workspace works with."""

    token = "azure-native:operationalinsights:LinkedService"
    rules = (links_one_resource, link_is_called_for_its_resource)

    def outputs(self, request: Request) -> dict[str, Any]:
        """That it is done."""
        return {"provisioningState": "Succeeded"}
