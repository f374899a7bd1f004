"""Microsoft.Network/applicationGateways."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request, guid
from simulator.resources.network import (
    application_gateway_rules,
    child_name_rules,
    nat_gateway_rules,
    own_part_rules,
    private_address_answers,
    private_address_rules,
    zone_rules,
)


class ApplicationGateways(Model):
    """An application gateway."""

    token = "azure-native:network:ApplicationGateway"
    rules = (
        *child_name_rules.RULES,
        zone_rules.zones_in_region,
        own_part_rules.own_parts_are_there,
        *application_gateway_rules.RULES,
        private_address_rules.in_subnet,
        private_address_rules.not_reserved,
        private_address_rules.not_in_use,
        nat_gateway_rules.free_addresses,
    )

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its GUID, state and addresses, and the TLS policy of those that name none (API 2023-02-01 and later)."""
        return {
            "resourceGuid": guid(request.id, "resource"),
            "operationalState": "Running",
            "defaultPredefinedSslPolicy": "AppGwSslPolicy20220101",
            **private_address_answers.with_addresses(request, "frontendIPConfigurations"),
        }
