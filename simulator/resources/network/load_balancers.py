"""Microsoft.Network/loadBalancers."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request, guid
from simulator.resources.network import child_name_rules, load_balancer_rules, private_address_rules


class LoadBalancers(Model):
    """A load balancer."""

    token = "azure-native:network:LoadBalancer"
    rules = (*child_name_rules.RULES, *load_balancer_rules.RULES, *private_address_rules.RULES)

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its GUID."""
        return {"resourceGuid": guid(request.id, "resource")}
