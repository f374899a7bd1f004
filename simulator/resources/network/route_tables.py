"""Microsoft.Network/routeTables."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request, guid
from simulator.resources.network import child_name_rules, route_rules


class RouteTables(Model):
    """A route table."""

    token = "azure-native:network:RouteTable"
    rules = (*child_name_rules.RULES, *route_rules.RULES)
    blocks_delete = "InUseRouteTableCannotBeDeleted"
    inline = (("routes", "routes"),)

    def defaults(self, request: Request) -> dict[str, Any]:
        """Routes of gateways are taken over unless that is switched off."""
        return {"disableBgpRoutePropagation": False}

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its GUID."""
        return {"resourceGuid": guid(request.id, "resource")}
