"""Microsoft.Network/networkSecurityGroups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.model import Model, Request, guid
from simulator.resources.network import child_name_rules, security_rule_rules
from simulator.values import UNKNOWN


class NetworkSecurityGroups(Model):
    """A network security group with the rules declared inside it."""

    token = "azure-native:network:NetworkSecurityGroup"
    rules = (*child_name_rules.RULES, *security_rule_rules.RULES)
    blocks_delete = "InUseNetworkSecurityGroupCannotBeDeleted"
    inline = (("securityRules", "securityRules"),)

    def outputs(self, request: Request) -> dict[str, Any]:
        """Rules come back with ids."""
        rules = request.at("securityRules")
        listed = [_rule(request, item) for item in rules] if isinstance(rules, list) else []
        return {
            "resourceGuid": guid(request.id, "resource"),
            "securityRules": UNKNOWN if rules is UNKNOWN else listed,
        }


def _rule(request: Request, item: Any) -> Any:
    if not isinstance(item, Mapping):
        return item
    return {**item, "id": f"{request.id}/securityRules/{item.get('name')}", "provisioningState": "Succeeded"}
