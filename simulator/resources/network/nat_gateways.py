"""Microsoft.Network/natGateways."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request, guid
from simulator.resources.network import nat_gateway_rules, zone_rules


class NatGateways(Model):
    """A NAT gateway."""

    token = "azure-native:network:NatGateway"
    rules = (zone_rules.zones_in_region, zone_rules.zones_kept, *nat_gateway_rules.RULES)
    unchangeable = ("zones",)
    unchangeable_code = "ResourceAvailabilityZonesCannotBeModified"
    blocks_delete = "InUseNatGatewayCannotBeDeleted"

    def defaults(self, request: Request) -> dict[str, Any]:
        """TCP connections may be idle for four minutes."""
        return {"idleTimeoutInMinutes": 4}

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its GUID."""
        return {"resourceGuid": guid(request.id, "resource")}
