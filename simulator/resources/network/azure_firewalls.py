"""Microsoft.Network/azureFirewalls."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.network import child_name_rules, firewall_service_rules, nat_gateway_rules, zone_rules


class AzureFirewalls(Model):
    """An Azure Firewall."""

    token = "azure-native:network:AzureFirewall"
    rules = (
        *child_name_rules.RULES,
        zone_rules.zones_in_region,
        *firewall_service_rules.RULES,
        nat_gateway_rules.free_addresses,
    )
