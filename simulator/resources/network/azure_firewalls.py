"""Microsoft.Network/azureFirewalls."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request
from simulator.resources.network import (
    child_name_rules,
    firewall_service_rules,
    nat_gateway_rules,
    private_address_answers,
    zone_rules,
)


class AzureFirewalls(Model):
    """An Azure Firewall."""

    token = "azure-native:network:AzureFirewall"
    rules = (
        *child_name_rules.RULES,
        zone_rules.zones_in_region,
        *firewall_service_rules.RULES,
        nat_gateway_rules.free_addresses,
    )

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its address, which routes send the traffic of other subnets to."""
        return {"ipGroups": [], **private_address_answers.with_addresses(request, "ipConfigurations", first=True)}
