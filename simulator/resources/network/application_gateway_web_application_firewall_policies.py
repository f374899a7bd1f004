"""Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request


class ApplicationGatewayWebApplicationFirewallPolicies(Model):
    """A policy of the web application firewall of application gateways."""

    token = "azure-native:network:WebApplicationFirewallPolicy"

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its state."""
        return {"resourceState": "Enabled", "provisioningState": "Succeeded"}
