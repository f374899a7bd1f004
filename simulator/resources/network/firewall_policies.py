"""Microsoft.Network/firewallPolicies."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request
from simulator.resources.network import firewall_policy_rules


class FirewallPolicies(Model):
    """A firewall policy."""

    token = "azure-native:network:FirewallPolicy"
    rules = firewall_policy_rules.POLICY_RULES

    def defaults(self, request: Request) -> dict[str, Any]:
        """Standard, with alerts only, unless the request says otherwise."""
        return {"sku": {"tier": "Standard"}, "threatIntelMode": "Alert"}

    def outputs(self, request: Request) -> dict[str, Any]:
        """A new policy is next to nothing."""
        return {"size": "0.0MB"}
