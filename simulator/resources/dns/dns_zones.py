"""Microsoft.Network/dnsZones."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request
from simulator.resources.privatedns import zone_rules


class DnsZones(Model):
    """A public DNS zone."""

    token = "azure-native:dns:Zone"
    rules = (zone_rules.two_labels, zone_rules.global_location)

    def defaults(self, request: Request) -> dict[str, Any]:
        """A zone is public."""
        return {"zoneType": "Public"}

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its name servers."""
        return {
            "nameServers": [f"ns{number}-01.azure-dns.{top}." for number, top in enumerate(("com", "net"), start=1)],
            "maxNumberOfRecordSets": 10_000,
            "numberOfRecordSets": 2,
        }
