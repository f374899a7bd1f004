"""Microsoft.Network/dnsResolvers."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request, guid
from simulator.resources.dnsresolver import resolver_rules


class DnsResolvers(Model):
    """A DNS resolver."""

    token = "azure-native:dnsresolver:DnsResolver"
    rules = (resolver_rules.region_of_network, resolver_rules.one_per_network)

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its GUID and state."""
        return {"resourceGuid": guid(request.id, "resource"), "dnsResolverState": "Connected"}
