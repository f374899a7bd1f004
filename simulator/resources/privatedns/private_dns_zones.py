"""Microsoft.Network/privateDnsZones."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request
from simulator.resources.privatedns import zone_rules


class PrivateDnsZones(Model):
    """A private DNS zone."""

    token = "azure-native:privatedns:PrivateZone"
    rules = (zone_rules.free_name, zone_rules.global_location)

    def outputs(self, request: Request) -> dict[str, Any]:
        """Counters and limits of a new zone (azure-docs, Azure DNS limits)."""
        return {
            "maxNumberOfRecordSets": 25_000,
            "maxNumberOfVirtualNetworkLinks": 1_000,
            "maxNumberOfVirtualNetworkLinksWithRegistration": 100,
            "numberOfRecordSets": 1,
            "numberOfVirtualNetworkLinks": 0,
            "numberOfVirtualNetworkLinksWithRegistration": 0,
            "internalId": request.name,
        }
