"""Microsoft.Network/bastionHosts."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request, digest
from simulator.resources.network import bastion_rules, child_name_rules, nat_gateway_rules, zone_rules


class BastionHosts(Model):
    """A Bastion host."""

    token = "azure-native:network:BastionHost"
    rules = (
        child_name_rules.names_given,
        zone_rules.zones_in_region,
        *bastion_rules.RULES,
        nat_gateway_rules.free_addresses,
    )

    def outputs(self, request: Request) -> dict[str, Any]:
        """The name under which it is reached."""
        return {"dnsName": f"bst-{digest(request.id, 'dns', 8)}.bastion.azure.com"}
