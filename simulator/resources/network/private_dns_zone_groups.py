"""Microsoft.Network/privateEndpoints/privateDnsZoneGroups."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.network.dns_zone_group_rules import ZONE_GROUP_RULES


class PrivateDnsZoneGroups(Model):
    """The zones in which a private endpoint keeps its records."""

    token = "azure-native:network:PrivateDnsZoneGroup"
    rules = ZONE_GROUP_RULES
