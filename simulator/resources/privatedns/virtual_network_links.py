"""Microsoft.Network/privateDnsZones/virtualNetworkLinks."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request
from simulator.resources.privatedns.link_rules import clean_network_id, one_registration_zone


class VirtualNetworkLinks(Model):
    """The link that lets a virtual network see a zone."""

    token = "azure-native:privatedns:VirtualNetworkLink"
    rules = (clean_network_id, one_registration_zone)
    unchangeable = ("virtualNetwork.id",)
    unchangeable_code = "BadRequest"

    def outputs(self, request: Request) -> dict[str, Any]:
        """The link is done at once."""
        return {"virtualNetworkLinkState": "Completed"}
