"""Microsoft.Network/networkSecurityGroups."""

from __future__ import annotations

from typing import Any, Final

from simulator.model import Model, Request, guid
from simulator.resources.network import child_name_rules, security_rule_rules

_DEFAULTS: Final = (
    ("AllowVnetInBound", 65000, "Inbound", "Allow", "VirtualNetwork", "VirtualNetwork"),
    ("AllowAzureLoadBalancerInBound", 65001, "Inbound", "Allow", "AzureLoadBalancer", "*"),
    ("DenyAllInBound", 65500, "Inbound", "Deny", "*", "*"),
    ("AllowVnetOutBound", 65000, "Outbound", "Allow", "VirtualNetwork", "VirtualNetwork"),
    ("AllowInternetOutBound", 65001, "Outbound", "Allow", "*", "Internet"),
    ("DenyAllOutBound", 65500, "Outbound", "Deny", "*", "*"),
)


class NetworkSecurityGroups(Model):
    """A network security group with the rules declared inside it."""

    token = "azure-native:network:NetworkSecurityGroup"
    rules = (*child_name_rules.RULES, *security_rule_rules.RULES)
    blocks_delete = "InUseNetworkSecurityGroupCannotBeDeleted"
    inline = (("securityRules", "securityRules"),)

    def defaults(self, request: Request) -> dict[str, Any]:
        """No rules of one's own."""
        return {"securityRules": []}

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its GUID, and the rules that every group ends with."""
        return {"resourceGuid": guid(request.id, "resource"), "defaultSecurityRules": _default_rules(request)}


def _default_rules(request: Request) -> list[dict[str, Any]]:
    """As azure-docs:virtual-network/network-security-groups-overview.md lists them (checked 2026-11-25)."""
    return [
        {
            "id": f"{request.id}/defaultSecurityRules/{name}", "name": name, "priority": priority,
            "direction": direction, "access": access, "protocol": "*",
            "sourceAddressPrefix": source, "sourceAddressPrefixes": [], "sourcePortRange": "*", "sourcePortRanges": [],
            "destinationAddressPrefix": destination, "destinationAddressPrefixes": [],
            "destinationPortRange": "*", "destinationPortRanges": [],
        }
        for name, priority, direction, access, source, destination in _DEFAULTS
    ]  # fmt: skip
