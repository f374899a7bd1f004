"""Microsoft.Network/dnsForwardingRulesets."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request, guid
from simulator.resources.dnsresolver import resolver_rules


class DnsForwardingRulesets(Model):
    """A set of forwarding rules."""

    token = "azure-native:dnsresolver:DnsForwardingRuleset"
    rules = (resolver_rules.few_endpoints,)

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its GUID."""
        return {"resourceGuid": guid(request.id, "resource")}
