"""Microsoft.Network/dnsForwardingRulesets/forwardingRules."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request
from simulator.resources.dnsresolver import resolver_rules


class ForwardingRules(Model):
    """A rule that forwards a domain to servers."""

    token = "azure-native:dnsresolver:ForwardingRule"
    rules = (resolver_rules.ends_with_dot, resolver_rules.servers)

    def defaults(self, request: Request) -> dict[str, Any]:
        """A rule is on unless the request says otherwise."""
        return {"forwardingRuleState": "Enabled"}
