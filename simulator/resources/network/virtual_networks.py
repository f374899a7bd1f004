"""Microsoft.Network/virtualNetworks.

Its answer lists the subnets declared inside it and those that are resources of their own, as ARM's does.
"""

from __future__ import annotations

from typing import Any

from simulator.ids import name_of
from simulator.model import Model, Request, guid
from simulator.resources.network import child_name_rules, occupant_rules, subnet_rules, vnet_rules
from simulator.resources.network.subnets import SUBNET_RULES


class VirtualNetworks(Model):
    """A virtual network."""

    token = "azure-native:network:VirtualNetwork"
    rules = (
        *child_name_rules.RULES,
        subnet_rules.disjoint_space,
        vnet_rules.free_space,
        vnet_rules.large_enough,
        vnet_rules.dns_servers,
        vnet_rules.ddos_plan,
        vnet_rules.flow_timeout,
        vnet_rules.apart_from_peers,
        subnet_rules.keeps_ranges,
        occupant_rules.keeps_used_subnets,
        *SUBNET_RULES,
    )
    inline = (("subnets", "subnets"),)

    def defaults(self, request: Request) -> dict[str, Any]:
        """DDoS protection is off unless asked for."""
        return {"enableDdosProtection": False, "privateEndpointVNetPolicies": "Disabled", "virtualNetworkPeerings": []}

    def outputs(self, request: Request) -> dict[str, Any]:
        """The subnets, wherever they were declared."""
        listed = {each.name: {**each.body, "id": each.id} for each in subnet_rules.subnets_of(request)}
        for record in request.world.below(request.id):
            if record.type.lower() == subnet_rules.SUBNETS:
                listed[name_of(record.id)] = {**record.outputs, "id": record.id}
        return {"resourceGuid": guid(request.id, "resource"), "subnets": list(listed.values())}
