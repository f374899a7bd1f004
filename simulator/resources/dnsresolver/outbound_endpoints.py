"""Microsoft.Network/dnsResolvers/outboundEndpoints."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request, guid
from simulator.resources.dnsresolver import resolver_rules


class OutboundEndpoints(Model):
    """Where a resolver asks others."""

    token = "azure-native:dnsresolver:OutboundEndpoint"
    rules = resolver_rules.ENDPOINT_RULES

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its GUID."""
        return {"resourceGuid": guid(request.id, "resource")}
