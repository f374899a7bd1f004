"""Microsoft.Network/dnsResolvers/inboundEndpoints."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request, guid
from simulator.resources.dnsresolver import resolver_rules


class InboundEndpoints(Model):
    """Where others ask a resolver."""

    token = "azure-native:dnsresolver:InboundEndpoint"
    rules = resolver_rules.ENDPOINT_RULES

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its GUID."""
        return {"resourceGuid": guid(request.id, "resource")}
