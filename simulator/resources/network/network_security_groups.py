"""Microsoft.Network/networkSecurityGroups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.errors import Refusal
from simulator.model import Model, Request, guid
from simulator.resources.network.security_rule_rules import addresses_are_ranges, ports_in_range, priority_in_range
from simulator.resources.network.security_rules import conflict, slot
from simulator.values import UNKNOWN


class NetworkSecurityGroups(Model):
    """A network security group with the rules declared inside it."""

    token = "azure-native:network:NetworkSecurityGroup"
    rules = (priority_in_range, ports_in_range, addresses_are_ranges)
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

    def refusals(self, request: Request) -> Iterator[Refusal]:
        """No two rules at one priority and direction."""
        rules = request.at("securityRules")
        seen: dict[tuple[Any, Any], str] = {}
        for item in rules if isinstance(rules, list) else ():
            taken = slot(item) if isinstance(item, Mapping) else None
            if taken is None:
                continue
            if taken in seen:
                yield conflict(str(item.get("name")), seen[taken])
            seen[taken] = str(item.get("name"))


def _rule(request: Request, item: Any) -> Any:
    if not isinstance(item, Mapping):
        return item
    return {**item, "id": f"{request.id}/securityRules/{item.get('name')}", "provisioningState": "Succeeded"}
