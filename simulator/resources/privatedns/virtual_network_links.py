"""Microsoft.Network/privateDnsZones/virtualNetworkLinks."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request
from simulator.resources.privatedns import link_rules, zone_rules


class VirtualNetworkLinks(Model):
    """The link that lets a virtual network see a zone."""

    token = "azure-native:privatedns:VirtualNetworkLink"
    rules = (
        zone_rules.global_location,
        link_rules.clean_network_id,
        link_rules.one_registration_zone,
        link_rules.one_zone_of_a_name,
        link_rules.fallback,
    )
    unchangeable = ("virtualNetwork.id",)
    unchangeable_code = "BadRequest"

    def outputs(self, request: Request) -> dict[str, Any]:
        """The link is done at once."""
        return {"virtualNetworkLinkState": "Completed"}
