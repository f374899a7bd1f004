"""Microsoft.Network/publicIPAddresses."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request, digest, guid
from simulator.resources.network import public_ip_rules, zone_rules


class PublicIpAddresses(Model):
    """A public IP address. The address is from TEST-NET-3 (RFC 5737), which nobody can own."""

    token = "azure-native:network:PublicIPAddress"
    rules = (zone_rules.zones_in_region, zone_rules.zones_kept, *public_ip_rules.RULES)
    unchangeable = ("zones",)
    unchangeable_code = "ResourceAvailabilityZonesCannotBeModified"
    blocks_delete = "PublicIPAddressCannotBeDeleted"

    def defaults(self, request: Request) -> dict[str, Any]:
        """An IPv4 address that is idle for at most four minutes."""
        return {
            "publicIPAddressVersion": "IPv4",
            "idleTimeoutInMinutes": 4,
            "publicIPAllocationMethod": "Dynamic",
            "ipTags": [],
        }

    def outputs(self, request: Request) -> dict[str, Any]:
        """The address, and its name in Azure's DNS where one was asked for."""
        found: dict[str, Any] = {
            "ipAddress": f"203.0.113.{int(digest(request.id, 'address', 4), 16) % 254 + 1}",
            "resourceGuid": guid(request.id, "resource"),
        }
        if request.at("dnsSettings.domainNameLabel") is not None:
            label = request.text("dnsSettings.domainNameLabel")
            found["dnsSettings"] = {"fqdn": f"{label}.{request.location}.cloudapp.azure.com"}
        return found
