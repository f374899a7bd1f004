"""Microsoft.Network/applicationGateways."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request, guid
from simulator.resources.network import (
    application_gateway_rules,
    child_name_rules,
    private_address_rules,
    zone_rules,
)


class ApplicationGateways(Model):
    """An application gateway."""

    token = "azure-native:network:ApplicationGateway"
    rules = (
        *child_name_rules.RULES,
        zone_rules.zones_in_region,
        *application_gateway_rules.RULES,
        private_address_rules.in_subnet,
        private_address_rules.not_reserved,
    )

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its GUID and state."""
        return {"resourceGuid": guid(request.id, "resource"), "operationalState": "Running"}
