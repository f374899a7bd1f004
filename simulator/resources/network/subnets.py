"""Microsoft.Network/virtualNetworks/subnets."""

from __future__ import annotations

from typing import Any, Final

from simulator.model import Model, Request
from simulator.resources.network import (
    child_name_rules,
    delegation_rules,
    occupant_rules,
    reserved_subnet_rules,
    subnet_rules,
    vnet_rules,
)
from simulator.rule import Rule

# What holds for every subnet, wherever it is declared; in ARM's order.
SUBNET_RULES: Final[tuple[Rule, ...]] = (
    subnet_rules.prefix_format,
    subnet_rules.prefix_host_bits,
    subnet_rules.not_too_small,
    subnet_rules.inside_network,
    subnet_rules.no_overlap,
    vnet_rules.parts_in_region,
    reserved_subnet_rules.bastion_nsg,
    reserved_subnet_rules.bastion_routes,
    reserved_subnet_rules.firewall_route,
    reserved_subnet_rules.firewall_group,
    reserved_subnet_rules.gateway_group,
    reserved_subnet_rules.gateway_nat,
    delegation_rules.known_service,
    delegation_rules.one_delegation,
    delegation_rules.unchanged_when_used,
    delegation_rules.kept_for_apps,
    delegation_rules.endpoint_names,
    occupant_rules.keeps_prefix,
    occupant_rules.one_network,
)


class Subnets(Model):
    """A subnet that is a resource of its own."""

    token = "azure-native:network:Subnet"
    rules = (child_name_rules.names_given, *SUBNET_RULES)
    blocks_delete = "InUseSubnetCannotBeDeleted"

    def defaults(self, request: Request) -> dict[str, Any]:
        """Network policies as ARM sets them when the request is silent."""
        return {
            "delegations": [],
            "privateEndpointNetworkPolicies": "Disabled",
            "privateLinkServiceNetworkPolicies": "Enabled",
        }

    def outputs(self, request: Request) -> dict[str, Any]:
        """What a service intends with the subnet it says later."""
        return {"purpose": None}
